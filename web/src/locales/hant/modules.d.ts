declare module '@/app/messages.zh?hant' {
  export { default } from '@/app/messages.zh'
}
declare module '@/contexts/people/groups?hant' {
  export { GROUPS } from '@/contexts/people/groups'
}
