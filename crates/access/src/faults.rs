//! What can go wrong with accounts and logging in. Numbers 2000–2099.

kernel::problems! {
    /// Login or password is wrong; which of them is not told.
    WRONG_LOGIN = "SK-2001" 401
        zh "登录失败" "登录名或密码不对。请检查后再试；忘记密码请联系站点负责人。"
        en "Not logged in" "The login name or the password is wrong. Check both and try again, or ask the site manager for a new password.";
    /// The account has a second factor.
    CODE_NEEDED = "SK-2002" 401
        zh "需要验证码" "请输入验证器应用中的六位数字。"
        en "Code needed" "Enter the six digits that your authenticator app shows.";
    /// Too many failed logins.
    THROTTLED = "SK-2003" 429
        zh "尝试次数太多" "登录失败次数太多，请在 {seconds} 秒后再试。"
        en "Too many attempts" "There were too many failed logins. Try again in {seconds} seconds.";
    /// The shape of a login name.
    LOGIN_SHAPE = "SK-2004" 422
        zh "登录名不合要求" "登录名为 2 至 40 个字，只能含文字、数字、点、横线、下划线和 @。请改正。"
        en "Login name not usable" "A login name has 2 to 40 characters: letters of any script, digits, dot, hyphen, underscore and @. Change it.";
    /// Somebody else has this login name.
    LOGIN_TAKEN = "SK-2005" 409
        zh "登录名已被使用" "这个登录名已有人使用。请换一个。"
        en "Login name taken" "Somebody else uses this login name. Choose another one.";
    /// Too short a password.
    WEAK_PASSWORD = "SK-2006" 422
        zh "密码太简单" "密码至少 {least} 个字符、最多 {most} 个，不能只重复一个字符，也不能与登录名相同。请换一个。"
        en "Password too weak" "A password has {least} to {most} characters, is not one character repeated and is not the login name. Choose another one.";
    /// The site would be left without a manager.
    LAST_MANAGER = "SK-2007" 409
        zh "至少需要一位负责人" "这是站点唯一在用的负责人，不能停用或改角色。请先指定另一位负责人。"
        en "The last manager" "This is the site's only active manager and cannot be retired or given another role. Appoint another manager first.";
    /// Nobody takes away the own role.
    OWN_ROLE = "SK-2008" 409
        zh "不能停用自己" "您不能停用自己的账号或更改自己的角色。请由另一位负责人操作。"
        en "Not your own role" "You cannot retire yourself or change your own role. Ask another manager to do it.";
    /// The code of the second factor is wrong or was used.
    WRONG_CODE = "SK-2009" 401
        zh "验证码不对" "验证码不对或已用过。请等验证器显示下一组数字后再试。"
        en "Wrong code" "The code is wrong or was used before. Wait for the next one and try again.";
    /// Set-up happens once.
    SET_UP = "SK-2010" 409
        zh "已经设置过" "这里已经设置完成。请直接登录。"
        en "Set up already" "This installation is set up already. Log in.";
    /// Not a hash of an accepted kind.
    HASH_SHAPE = "SK-2011" 422
        zh "密码格式不对" "密码没有按要求加密。请通过设置密码的页面提交。"
        en "Password not hashed" "The password was not hashed as required. Set it on the password page.";
    /// A name is missing.
    NAME_MISSING = "SK-2012" 422
        zh "缺少名称" "请填写“{field}”。"
        en "Name missing" "Fill in \"{field}\".";
    /// The time zone is none.
    TIMEZONE = "SK-2013" 422
        zh "时区不对" "时区“{timezone}”无法识别，应写作 Asia/Shanghai 这样的形式。"
        en "Time zone unknown" "The time zone \"{timezone}\" was not understood. Write it like Asia/Shanghai.";
    /// The account is retired already, or is not.
    SAME_STATE = "SK-2014" 409
        zh "没有变化" "这个账号已经是这个状态。"
        en "Nothing to change" "The account is in this state already.";
    /// The kind of record cannot be assigned.
    NOT_ASSIGNABLE = "SK-2015" 422
        zh "不能分配" "“{noun}”类型的记录不能分配给人。可以分配人员、家庭、活动、场次、走访、需求和请求。"
        en "Cannot be assigned" "Records of the kind \"{noun}\" cannot be assigned. People, households, activities, sessions, encounters, needs and requests can.";
    /// The session ended.
    SIGNED_OUT = "SK-2016" 401
        zh "请登录" "登录已过期或尚未登录。请登录；未提交的内容仍在设备上。"
        en "Log in" "You are not logged in, or your session has ended. Log in; entries not yet sent are still on your device.";
    /// A page of another site sent the request.
    CSRF = "SK-2017" 403
        zh "请求来源不明" "请求缺少安全标记，没有执行。请刷新页面后再试。"
        en "Request not trusted" "The request lacks its security token and was not carried out. Reload the page and try again.";
    /// The old password does not fit.
    OLD_PASSWORD = "SK-2018" 403
        zh "原密码不对" "原密码不对，密码没有更改。请重新输入。"
        en "Old password is wrong" "The old password is wrong and nothing was changed. Enter it again.";
    /// Somebody else's account.
    NOT_YOURS = "SK-2019" 403
        zh "不能更改别人的账号" "您只能更改自己账号的密码和验证器。"
        en "Not your account" "You can change the password and second factor of your own account only.";
    /// Not a secret of a second factor.
    SECRET_SHAPE = "SK-2020" 422
        zh "验证器密钥不对" "验证器密钥无法识别。请在设置页面重新生成。"
        en "Secret not understood" "The secret of the second factor was not understood. Generate a new one on the settings page.";
    /// A number of days that tells nothing.
    WATCH = "SK-2021" 422
        zh "天数不对" "天数应在 1 至 730 之间。请改正。"
        en "Days out of range" "A number of days is between 1 and 730. Correct it.";
}
