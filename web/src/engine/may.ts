/** Permissions: one word `noun.verb` is the command, the permission and the check before a button is shown. */

/** What the signed-in account may do, as the session says. */
export class Permissions {
  private readonly verbs: ReadonlySet<string>

  constructor(verbs: Iterable<string> = []) {
    this.verbs = new Set(verbs)
  }

  /** Whether the verb is allowed at all; the server decides again for each record. */
  may(verb: string): boolean {
    return this.verbs.has(verb)
  }
}
