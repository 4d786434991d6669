//! What can go wrong with activities, sessions and rolls. Numbers 3100–3199.

kernel::problems! {
    /// An activity needs a title.
    TITLE_MISSING = "SK-3101" 422
        zh "缺少名称" "请填写活动名称。"
        en "Title missing" "Give the activity a title.";
    /// The day of a session is missing or far off.
    DAY = "SK-3102" 422
        zh "日期不对" "活动日期应在 {first} 至 {last} 之间。请改正。"
        en "Day out of range" "The day of a session is between {first} and {last}. Correct it.";
    /// The time of day is none.
    TIME = "SK-3103" 422
        zh "时间不对" "“{field}”应写作 16:30 这样的形式。请改正。"
        en "Time not understood" "Write \"{field}\" like 16:30.";
    /// It ends before it starts.
    ENDS_EARLY = "SK-3104" 422
        zh "结束早于开始" "结束时间应晚于开始时间。请改正。"
        en "Ends before it starts" "The end must be after the start. Correct one of them.";
    /// The session is another activity's.
    OTHER_ACTIVITY = "SK-3105" 422
        zh "场次与活动不符" "这个场次不属于这个活动。请刷新后再试。"
        en "Session of another activity" "This session does not belong to this activity. Reload and try again.";
    /// A mark says what it marks, and only that.
    MARK_SHAPE = "SK-3106" 422
        zh "签到内容不对" "“{kind}”类型的签到要填写且只填写“{field}”。请改正。"
        en "Mark not complete" "A mark of the kind \"{kind}\" needs \"{field}\" and nothing else. Correct it.";
    /// A tally counts from one to many.
    COUNT = "SK-3107" 422
        zh "人数不对" "人数应在 {least} 至 {most} 之间：已认领 {claimed} 人，不能更少。"
        en "Count out of range" "The count is between {least} and {most}; {claimed} of them were claimed and cannot be taken off.";
    /// Marks of a person or household have an id that follows from the session.
    MARK_ID = "SK-3108" 422
        zh "签到编号不对" "同一场次中同一人（户）的签到编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the mark" "The mark of this person or household at this session has the id {expected}, so that it is there once only. Update the program.";
    /// Nothing is left to claim.
    NOTHING_LEFT = "SK-3109" 409
        zh "没有可认领的名额" "这条签到的人都已认领。"
        en "Nothing left to claim" "Everybody of this mark was claimed already.";
    /// Nobody is claimed twice by one mark.
    CLAIMED = "SK-3110" 409
        zh "已经认领" "这个人已认领过这条签到。"
        en "Claimed already" "This person was claimed for this mark already.";
    /// There is no such claim.
    NOT_CLAIMED = "SK-3111" 409
        zh "没有认领过" "这个人没有认领过这条签到，无需取消。"
        en "Not claimed" "This person was not claimed for this mark; there is nothing to take back.";
    /// Only nicknames and tallies are claimed.
    NOT_CLAIMABLE = "SK-3112" 422
        zh "不能认领" "只有绰号签到和人数签到可以认领。"
        en "Cannot be claimed" "Only marks by nickname and tallies can be claimed.";
    /// Only tallies have a number to change.
    NOT_A_TALLY = "SK-3113" 422
        zh "不是人数签到" "只有人数签到可以增减。"
        en "Not a tally" "Only a tally can be raised or lowered.";
    /// Too many on a list.
    TOO_MANY_STAFF = "SK-3114" 422
        zh "工作人员太多" "一个活动最多 {limit} 名工作人员。"
        en "Too many staff" "An activity has at most {limit} people in charge.";
    /// No such kind of activity.
    KIND = "SK-3115" 422
        zh "没有这个活动类型" "没有这个活动类型，或已撤下。请从列表里选一个。"
        en "No such kind" "There is no such kind of activity, or it was withdrawn. Choose one of the list.";
    /// A kind needs a name.
    KIND_NAME = "SK-3116" 422
        zh "类型缺少名称" "请给这个活动类型起个名字。"
        en "Name missing" "Give the kind of activity a name.";
    /// What changes a kind of the program has an id that follows from its code.
    KIND_ID = "SK-3117" 422
        zh "类型编号不对" "修改内置类型的编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the kind" "The change of a kind that comes with the program has the id {expected}, so that it is there once only. Update the program.";
    /// The number of places is out of range.
    CAPACITY = "SK-3118" 422
        zh "名额不对" "名额应在 1 至 {most} 之间；不限名额就留空。"
        en "Places out of range" "The number of places is between 1 and {most}; leave it empty where there is no limit.";
    /// Too many rules one after the other.
    TOO_MANY_PLANS = "SK-3119" 422
        zh "安排太多" "一个活动最多保留 {limit} 段安排。请另建一个活动。"
        en "Too many rules" "An activity keeps at most {limit} rules one after the other. Make a new activity.";
    /// A part of a rule is out of range.
    RULE_RANGE = "SK-3120" 422
        zh "重复规则不对" "重复规则里的“{field}”不在允许的范围内。请改正。"
        en "Rule not understood" "\"{field}\" of the rule is out of range. Correct it.";
    /// A rule gives too many sessions.
    RULE_TOO_MANY = "SK-3121" 422
        zh "场次太多" "这条规则会排出 {most} 场以上。请把结束日期提前，或者不写结束日期：程序会一年一年往后排。"
        en "Too many sessions" "This rule gives more than {most} sessions. Set an earlier last day, or none: sessions are then made a year ahead at a time.";
    /// A rule ends before it begins.
    RULE_ENDS_EARLY = "SK-3122" 422
        zh "结束早于开始" "重复规则的结束日期早于开始日期。请改正。"
        en "Ends before it starts" "The rule's last day is before its first. Correct one of them.";
    /// A rule gives no session.
    RULE_NO_DAY = "SK-3123" 422
        zh "没有一天符合" "按这条规则一场也排不出来。请检查星期、日期和暂停的日子。"
        en "No day fits" "This rule gives no session at all. Check its days and the days left out.";
    /// Days left out end before they begin.
    RULE_PAUSE = "SK-3124" 422
        zh "暂停日期不对" "暂停的最后一天早于第一天。请改正。"
        en "Days left out" "The last of the days left out is before the first. Correct one of them.";
    /// Somebody moved the session meanwhile.
    MOVED = "SK-3125" 409
        zh "已被改期" "这一场已被别人改到 {day} {start}。请看过新的时间再决定。"
        en "Moved meanwhile" "Somebody moved this session to {day} {start} meanwhile. Look at the new time and decide again.";
    /// The session was closed.
    SESSION_CLOSED = "SK-3126" 409
        zh "这一场已结束" "这一场已经结束并清点。要改动请先重新打开。"
        en "Session closed" "This session was held and counted. Reopen it first.";
    /// The session is not held.
    SESSION_CANCELLED = "SK-3127" 409
        zh "这一场已取消" "这一场已经取消。要办的话请先恢复。"
        en "Session cancelled" "This session is not held. Take the cancelling back first.";
    /// The session was not cancelled.
    NOT_CANCELLED = "SK-3128" 409
        zh "没有取消过" "这一场没有取消，不需要恢复。"
        en "Not cancelled" "This session was not cancelled; there is nothing to take back.";
    /// The session is still to come.
    NOT_YET = "SK-3129" 409
        zh "还没到日子" "这一场在 {day}，到了那天才能结束清点。"
        en "Still to come" "This session is on {day}; it can be closed from that day on.";
    /// The session was not closed.
    NOT_CLOSED = "SK-3130" 409
        zh "没有结束过" "这一场还没有结束，不需要重新打开。"
        en "Not closed" "This session was not closed; there is nothing to reopen.";
    /// It is cancelled for no reason.
    WHY_MISSING = "SK-3131" 422
        zh "请说明原因" "请写一句为什么取消，好告诉报了名的人。"
        en "Say why" "Say in a few words why it is cancelled, for those who signed up.";
    /// A sign-up is somebody's.
    SIGNUP_WHO = "SK-3132" 422
        zh "报名的是谁" "报名要填一个人，或者一个称呼，二者填一。"
        en "Who signs up" "A sign-up names a person or a nickname, one of both.";
    /// The number of people is out of range.
    HEADS = "SK-3133" 422
        zh "人数不对" "报名的大人加孩子应在 1 至 {most} 人之间。"
        en "Number of people" "Adults and children of a sign-up are between 1 and {most} together.";
    /// A person's sign-up has an id that follows from the session.
    SIGNUP_ID = "SK-3134" 422
        zh "报名编号不对" "同一场次中同一人的报名编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the sign-up" "This person's sign-up for this session has the id {expected}, so that it is there once only. Update the program.";
    /// More people than before.
    NOT_MORE = "SK-3135" 422
        zh "人数只能减少" "这条报名是 {heads} 人，只能减少。要多来几个人，请另报一条，排在后面才公平。"
        en "Only fewer" "This sign-up is for {heads} people and can only become smaller. For more, add another sign-up: it takes its turn behind those who wait.";
    /// The sign-up was cancelled.
    SIGNUP_CANCELLED = "SK-3136" 409
        zh "报名已取消" "这条报名已经取消。要来的话请重新报名，会排到后面。"
        en "Sign-up cancelled" "This sign-up was cancelled. Renew it first; it takes the last place in line.";
    /// The sign-up stands.
    SIGNUP_STANDS = "SK-3137" 409
        zh "报名还在" "这条报名没有取消，不需要重新报名。"
        en "Sign-up stands" "This sign-up was not cancelled; there is nothing to renew.";
    /// They were not marked as here.
    NOT_HERE = "SK-3138" 409
        zh "没有签到" "这条报名还没有签到，不需要取消签到。"
        en "Not here" "This sign-up was not marked as here; there is nothing to take back.";
    /// Told of what has not happened.
    TOLD_AHEAD = "SK-3139" 422
        zh "改动次数不对" "这一场只改动过 {changes} 次。请刷新后再试。"
        en "Changes told" "This session changed {changes} times only. Reload and try again.";
    /// There is no rule to make sessions by.
    NO_PLAN = "SK-3140" 409
        zh "没有重复安排" "这个活动没有重复安排。请先写明什么时候举行。"
        en "No rule" "This activity has no rule. Say first when it is held.";
    /// The invitation of a household has an id that follows from the session.
    DISH_ID = "SK-3141" 422
        zh "邀请编号不对" "同一场次中同一户的邀请编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the invitation" "This household's invitation to this session has the id {expected}, so that it is there once only. Update the program.";
    /// No dish was named, but it is said to be here.
    DISH_NONE = "SK-3142" 422
        zh "还没有报菜" "这一户还没有报菜，请先写上带什么菜。"
        en "No dish named" "This household has named no dish yet. Write down what it brings.";
    /// A permission names somebody.
    PICKUP_WHO = "SK-3150" 422
        zh "谁可以接" "请从名册里选一个人，或者写下称呼，二者填一；不能是孩子本人。"
        en "Who may fetch the child" "Choose somebody of the register or write a name, one of both, and not the child itself.";
    /// A permission is somebody's.
    PICKUP_GIVEN_BY = "SK-3151" 422
        zh "谁同意的" "请写明是哪位家长或监护人同意的。"
        en "Who allowed it" "Say which parent or guardian allowed it.";
    /// The days of a permission cannot be.
    PICKUP_DAYS = "SK-3152" 422
        zh "日期不对" "最后一天不能早于第一天。请改正。"
        en "Days not understood" "The last day is before the first. Correct one of them.";
    /// The permission was taken back before.
    PICKUP_REVOKED = "SK-3153" 409
        zh "已经取消" "这个人已经从接送名单上取消了。"
        en "Taken back already" "This person was taken off the list already.";
    /// Whoever wants to fetch the child is not on its list.
    NOT_ON_LIST = "SK-3154" 409
        zh "不在接送名单上" "来接的人不在这个孩子的接送名单上，不能交给他。请让孩子留下，打电话给监护人；监护人同意的，先加进名单。特殊情况由主管写明原因、并有第二个人在场时放行。"
        en "Not on the list" "This person is not on the child's list, so the child stays. Call the guardian; with the guardian's word add the person to the list first. In an emergency the manager hands the child over, with a reason and a second person present.";
    /// The permission does not hold on the day.
    PICKUP_ENDED = "SK-3155" 409
        zh "名单上这一条已失效" "这个人的接送许可在 {day} 无效：还没开始、已到期或已取消。请让孩子留下，打电话给监护人。"
        en "No longer on the list" "This person's permission does not hold on {day}: it has not begun, ran out, or was taken back. The child stays; call the guardian.";
    /// The child left before.
    LEFT_ALREADY = "SK-3156" 409
        zh "已经接走" "这个孩子 {left} 已经接走了。点错了的话，先点“还在这里”。"
        en "Left already" "This child left at {left}. If that was a mistake, take it back first.";
    /// The child did not leave.
    STILL_HERE = "SK-3157" 409
        zh "还在这里" "这个孩子没有被接走，不需要撤回。"
        en "Still here" "This child has not left; there is nothing to take back.";
    /// It left before it came.
    LEFT_EARLY = "SK-3158" 422
        zh "离开早于到达" "这个孩子 {arrived} 才到，离开的时间不能更早。请改正。"
        en "Left before it came" "This child came at {arrived} and cannot have left before. Correct the time.";
    /// A record has an id that follows from the child.
    CARE_ID = "SK-3159" 422
        zh "记录编号不对" "同一个孩子的这条记录编号应为 {expected}，以免重复。请更新程序。"
        en "Id of the record" "This record of the child has the id {expected}, so that it is there once only. Update the program.";
    /// The day is not the session's.
    CARE_DAY = "SK-3160" 409
        zh "日期与场次不符" "这一场在 {day}。请刷新后再试。"
        en "Not the day of the session" "This session is on {day}. Reload and try again.";
    /// It is not said who took the child.
    TAKEN_BY = "SK-3161" 422
        zh "交给谁了" "请写明把孩子交给了谁、是孩子的什么人。"
        en "To whom" "Say to whom the child was handed over, and what they are to the child.";
    /// A second person must have seen it.
    SECOND = "SK-3162" 422
        zh "还要第二个人" "不在名单上的人来接，除了主管，还要有第二个人在场：选一位同事，或者写下名字，二者填一，不能是自己。"
        en "A second person is needed" "Where somebody not on the list takes a child, a second person besides the manager is present: choose a colleague or write a name, one of both, and not yourself.";
    /// The number of children per adult is out of range.
    RATIO_RANGE = "SK-3164" 422
        zh "比例不对" "一位大人最多带的孩子应在 1 至 {most} 个之间。"
        en "Children per adult out of range" "One adult looks after 1 to {most} children.";
    /// A day lacks consents or adults.
    NOT_READY = "SK-3165" 409
        zh "这一天还不能开始" "还缺 {without} 个孩子的同意、{adults} 位带队的大人，逐项列在下面：请补上同意，或者请大人一起去，或者让孩子这次不去。"
        en "The day cannot be opened" "{without} children have no consent in force and {adults} adults are missing, as listed: get the consents, bring adults, or leave out who cannot go.";
    /// There are too few adults for the children.
    RATIO = "SK-3166" 409
        zh "大人不够" "{children} 个孩子只有 {adults} 位大人，这个活动定的是一位大人最多带 {ratio} 个孩子：还要 {missing} 位大人。"
        en "Too few adults" "{children} children with {adults} adults; for this activity one adult looks after {ratio} at most. {missing} more are needed.";
    /// A child has no consent in force.
    CONSENT_MISSING = "SK-3167" 409
        zh "缺监护人同意" "这个孩子 {day} 没有有效的同意（外出或营会）：请问过监护人，记到孩子的同意里；监护人或孩子不愿意的，这次不去。"
        en "No consent" "On {day} no consent for the trip or camp is in force for this child: ask the guardian and note it among the child's consents. Where the guardian or the child does not agree, the child stays.";
    /// No number of children per adult was set.
    RATIO_UNSET = "SK-3168" 409
        zh "还没有定大人和孩子的比例" "请先在活动里写明一位大人最多带几个孩子。"
        en "Children per adult not set" "Set first, on the activity, how many children one adult looks after at most.";
    /// Another number was set meanwhile.
    RATIO_OTHER = "SK-3169" 409
        zh "比例已经改了" "这个活动现在定的是一位大人最多带 {ratio} 个孩子。请刷新后再试。"
        en "The number was changed" "For this activity one adult now looks after {ratio} children at most. Reload and try again.";
    /// The list of children cannot be.
    TRIP_CHILDREN = "SK-3170" 422
        zh "去的孩子不对" "请选去的孩子：至少一个，最多 {most} 个，同一个孩子只写一次。"
        en "Children who go" "Choose the children who go: one to {most}, each once.";
    /// Nobody leads the day.
    TRIP_LEADER = "SK-3171" 422
        zh "谁带队" "请至少选一位带队的同事或志愿者，名单会借给带队的人当天用。"
        en "Who leads" "Choose at least one account that leads the day; the list is lent to them for it.";
    /// A day is opened on its day.
    TRIP_TODAY = "SK-3172" 409
        zh "只能当天开始" "这一天是 {day}，到了当天才能开始：同意要当天有效。"
        en "Opened on the day" "This is on {day}; it is opened on that day, when the consents must hold.";
    /// The consents are for something else.
    TRIP_PURPOSE = "SK-3173" 422
        zh "同意的用途不对" "营会要营会的同意，其他外出要外出的同意。请更新程序。"
        en "Purpose of the consents" "A camp needs consents for a camp, other trips those for a trip. Update the program.";
    /// The day was closed.
    TRIP_CLOSED = "SK-3174" 409
        zh "这一天已经结束" "这一天已经清点结束，名单已收回。"
        en "The day is closed" "Everybody was counted back and the list was taken back.";
    /// The child is not along.
    NOT_ALONG = "SK-3175" 409
        zh "这个孩子不在队里" "这个孩子今天没有去，或者已经先走了。"
        en "Not along" "This child did not go, or left already.";
    /// It is not said with whom a child left.
    TRIP_WORDS = "SK-3176" 422
        zh "跟谁走了" "请写明孩子跟谁走了、为什么。"
        en "With whom" "Say with whom the child left, and why.";
    /// Children are missing at the end.
    NOT_BACK = "SK-3177" 409
        zh "还有孩子没点到" "还有 {missing} 个孩子没有点到。请再点一遍；确实先走了的，写明在哪里、跟谁在一起。"
        en "Not everybody is back" "{missing} children were not counted back. Count again; where one is elsewhere, say where and with whom.";
    /// A circle has members.
    CIRCLE_MEMBERS = "SK-3180" 422
        zh "成员不对" "小组要有 1 至 {most} 位成员。"
        en "Members" "A circle has 1 to {most} members.";
    /// Whoever founds a circle belongs to it.
    CIRCLE_OWN = "SK-3181" 422
        zh "发起人要是成员" "小组由成员自己管：发起的人自己也要在成员里。"
        en "You belong to it" "A circle is run by its members: whoever founds it is one of them.";
    /// The activity is no circle.
    CIRCLE_KIND = "SK-3182" 422
        zh "不是互助小组" "只有“互助小组”这类活动可以成立小组。请先改活动的类型。"
        en "Not a circle" "Only activities of the kind circle have one. Change the kind of the activity first.";
    /// Somebody else's circle.
    NOT_A_MEMBER = "SK-3183" 403
        zh "不是小组成员" "只有小组成员可以这样做。请成员邀请你加入。"
        en "Not a member" "Only members of the circle can do this. Ask one of them to take you in.";
    /// The last member goes.
    LAST_MEMBER = "SK-3184" 409
        zh "最后一位成员" "你是最后一位成员，先邀请别人加入再退出，不然小组的记录就没有人能看了。"
        en "The last member" "You are the last member: take somebody in first, or nobody could read the circle's notes.";
    /// A note has words.
    CIRCLE_WORDS = "SK-3185" 422
        zh "还没有写" "请写下内容再保存。"
        en "Nothing written" "Write something before you save.";
    /// The members are others now.
    CIRCLE_READERS = "SK-3186" 409
        zh "成员有变动" "小组成员有变动，请刷新后看过成员再保存：记录只给现在的成员看。"
        en "Members changed" "The members of the circle have changed. Reload and look at them before you save: a note is for those who are members now.";
    /// The note was not shared.
    NOT_SHARED = "SK-3187" 409
        zh "没有公开过" "这条记录没有给工作人员看过，不需要收回。"
        en "Not shared" "This note was not shared with the staff; there is nothing to take back.";
    /// An answer is of a household or of a person without one.
    STAY_WHO = "SK-3190" 422
        zh "哪一户" "请选一户人家；没有登记家庭的，选一个人。"
        en "Which household" "Choose a household, or a person who belongs to none.";
    /// The record's id follows from who is asked, the festival and the year.
    STAY_ID = "SK-3191" 422
        zh "编号不对" "同一户同一年的同一个节日只有一条记录，编号应为 {expected}。请更新程序。"
        en "Id of the record" "There is one record per household, festival and year, with the id {expected}. Update the program.";
    /// The festival is not known, or has no day in that year.
    FESTIVAL = "SK-3192" 422
        zh "没有这个节日" "这一年没有这个节日，或者日期还没有公布。请从节日列表里选。"
        en "No such festival" "There is no such festival in that year, or its day is announced later. Choose one of the list.";
    /// More people, or children, than can be.
    STAY_COUNT = "SK-3193" 422
        zh "人数不对" "这里最多 {most} 人：一户不超过 60 人，孩子不能比留下的人多。请改正。"
        en "How many" "At most {most}: a household has up to 60 people, and no more children than people. Correct the number.";
    /// Back before leaving.
    STAY_BACK = "SK-3194" 422
        zh "返回早于出发" "返回的日期应不早于出发的日期。请改正。"
        en "Back before leaving" "The day of return is not before the day of leaving. Correct one of them.";
    /// With themselves.
    STAY_SELF = "SK-3195" 422
        zh "不能选自己家" "“和谁一起过”要选另外一户或另外一个人；自己家过的，请选“自己过”。"
        en "Not themselves" "Choose another household or person they celebrate with; if it is their own, choose \"by themselves\".";
}

/// What is wrong with a rule.
pub(crate) fn of_rule(fault: &calendar::RuleFault) -> kernel::Refusal {
    use calendar::RuleFault as F;
    match fault {
        F::Range(field) => kernel::Refusal::new(&RULE_RANGE).with("field", *field),
        F::TooMany => kernel::Refusal::new(&RULE_TOO_MANY).with("most", calendar::rule::MOST),
        F::EndsEarly => kernel::Refusal::new(&RULE_ENDS_EARLY),
        F::NoDay => kernel::Refusal::new(&RULE_NO_DAY),
        F::Pause => kernel::Refusal::new(&RULE_PAUSE),
    }
}
