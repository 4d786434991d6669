/** Codes in words. */
export default {
  sex: { F: '女', M: '男', U: '性别不详' },
  role: { manager: '站点负责人', worker: '社工', volunteer: '志愿者', coordinator: '区域协调员', auditor: '审计员', operator: '系统管理员' },
  nameKind: { birth: '本名', usual: '常用名', nickname: '小名', pen: '笔名', romanised: '拼音名', former: '曾用名' },
  why: {
    exact: '姓名', prefix: '姓名', part: '姓名', pinyin: '拼音', initials: '首字母', mixed: '混合', nickname: '小名', phone: '电话',
    typo: '差一个字母', homophone: '同音',
  },
  stage: { none: '未入学', kindergarten: '幼儿园', primary: '小学', junior: '初中', senior: '高中', vocational: '中职', university: '大学', dropout: '辍学', finished: '已毕业' },
  permit: { yes: '已办', no: '未办', pending: '办理中' },
  insurance: { yes: '有', none: '没有', local: '本地参保', home: '老家参保' },
  disability: { visual: '视力', hearing: '听力', speech: '言语', physical: '肢体', intellectual: '智力', mental: '精神', multiple: '多重' },
  tenure: { rent: '租房', public_rent: '公租房', own: '自有', kin: '借住亲友', dorm: '单位宿舍', other: '其他' },
  education: { none: '未上学', primary: '小学', junior: '初中', senior: '高中', vocational: '中职', college: '大专', bachelor: '本科及以上' },
  member: {
    head: '户主', spouse: '配偶', child: '子女', parent: '父母', grandparent: '（外）祖父母', grandchild: '（外）孙子女', sibling: '兄弟姐妹', child_in_law: '儿媳女婿', kin: '亲戚', other: '其他',
  },
  tie: {
    mother: '母亲', father: '父亲', grandparent: '（外）祖父母', parent: '父母', uncle: '叔伯舅姨', aunt: '叔伯舅姨', stepmother: '继母', stepfather: '继父', grandmother: '（外）祖母', grandfather: '（外）祖父', guardian: '监护人', spouse: '配偶', sibling: '兄弟姐妹', kin: '亲戚',
    friend: '朋友', fellow_villager: '同乡', classmate: '同学', other: '其他',
  },
  stay: { registered: '户籍地', living: '居住', working: '打工', studying: '上学' },
  activityKind: {
    dropin: '日常开放', class: '课程', family_day: '亲子活动', feast: '节日聚会', trip: '外出', camp: '营会', circle: '小组', course: '培训', meeting: '会议',
    screening: '放映', other: '其他',
  },
  encounterKind: { visit: '走访', call: '来电', talk: '面谈' },
  encounterOutcome: { met: '见到了', no_answer: '没有接通', nobody_home: '家里没人', moved: '已搬走', number_dead: '号码不对', refused: '不便或婉拒' },
  need: {
    after_school: '放学照看', bullying: '欺凌', clothing: '衣物', custody: '监护照料', demolition: '拆迁', enrolment: '入学', festival_stay: '留城过年',
    health: '看病健康', immunisation: '预防接种', income: '收入困难', job: '找工作', no_hukou: '没有户口', permit_help: '居住证', psychological: '心理情绪',
    school: '上学', school_transfer: '转学', tutoring: '课业辅导', wage: '欠薪', work_injury: '工伤', housing: '住房', legal: '法律', other: '其他',
  },
  needStatus: { heard: '听到的', asked: '已转求助', dismissed: '已排除' },
  requestStatus: { open: '办理中', done: '已办好', dropped: '不再办' },
  lang: { zh: '简体中文', 'zh-Hant': '繁體中文', en: 'English' },
  field: {
    names: '姓名', sex: '性别', birth: '出生', ethnic: '民族', phones: '电话', id_number: '证件号码', grade: '年级', permit: '居住证', insurance: '医疗保险',
    disability: '残障', occupation: '职业', education: '学历', remark: '备注', address: '住址', number: '户号', members: '成员', tenure: '住房', rent: '房租',
    place: '地点', registered: '登记日期', kind: '内容', home: '老家', town: '乡镇', village: '村', at: '学校或单位', from: '从', to: '到', expected_back: '预计返回',
    note: '记录', words: '原话', due: '期限', owner: '负责人', status: '状态', outcome: '结果', code: '类别', person: '人', persons: '人员', title: '名称', day: '日期',
    start: '开始', end: '结束', minutes: '分钟', household: '家庭', place_text: '地点', merged_into: '已并入', count: '人数', nickname: '称呼', claims: '认领',
    name: '姓名', display: '显示名', role: '角色', login: '登录名', active: '启用', lang: '语言', other: '对方', source: '来源', id_doubt: '证件疑点', birth_year: '出生年',
    worker: '社工', need: '需求', encounter: '走访', session: '场次', activity: '活动', group: '分组', staff: '工作人员',
  },
}
