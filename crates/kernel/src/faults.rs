//! The problems that any command can meet. Numbers 1000–1099; contexts have their own hundreds.

crate::problems! {
    /// The body is not what the verb takes.
    BAD_BODY = "SK-1001" 422
        zh "内容不对" "“{field}”的内容无法识别：{why}。请改正后再提交。"
        en "Content not understood" "The content of \"{field}\" was not understood: {why}. Correct it and send again.";
    /// No such verb.
    UNKNOWN_VERB = "SK-1002" 404
        zh "没有这个操作" "没有名为“{verb}”的操作。请更新程序后再试。"
        en "No such action" "There is no action named \"{verb}\". Update the program and try again.";
    /// The role may not do it.
    NOT_ALLOWED = "SK-1003" 403
        zh "没有权限" "您的角色不能执行“{verb}”。如确有需要，请联系站点负责人。"
        en "Not permitted" "Your role may not do \"{verb}\". Ask the site manager if you need it.";
    /// Unknown, or not to be known.
    UNKNOWN_RECORD = "SK-1004" 404
        zh "找不到" "找不到这条记录：可能已删除，或不在您的范围内。"
        en "Not found" "There is no such record, or it is outside what you may see.";
    /// The command id was used for other content.
    ID_REUSED = "SK-1005" 409
        zh "编号重复" "这个提交编号已用于另一内容。请用新编号重新提交。"
        en "Id used before" "This command id was used for different content. Send it again under a new id.";
    /// A record of that id is there already.
    EXISTS = "SK-1006" 409
        zh "已经存在" "这条记录已经存在，没有重复新建。"
        en "Already there" "A record with this id exists already; nothing was added.";
    /// A reason must be given.
    NEEDS_REASON = "SK-1007" 422
        zh "请说明原因" "“{verb}”需要写明原因。请填写后再提交。"
        en "Give a reason" "\"{verb}\" needs a reason. Add one and send again.";
    /// Another command of the bundle was refused.
    BUNDLE_REFUSED = "SK-1008" 409
        zh "整组未保存" "同一组里的另一项未通过，整组都没有保存。请先改正那一项。"
        en "Bundle not stored" "Another item of the same bundle was refused, so none was stored. Correct that item first.";
    /// The field cannot be changed this way.
    NOT_AMENDABLE = "SK-1009" 422
        zh "不能这样修改" "“{field}”不能用修改操作更改。"
        en "Not changed this way" "\"{field}\" cannot be changed by an amendment.";
    /// A text is too long.
    TOO_LONG = "SK-1010" 422
        zh "内容太长" "“{field}”有 {length} 个字，最多 {limit} 个。请缩短后再提交。"
        en "Too long" "\"{field}\" has {length} characters; at most {limit} are taken. Shorten it and send again.";
    /// The record's personal data was erased.
    ERASED = "SK-1011" 410
        zh "已被清除" "这条记录的个人信息已按要求清除，不能再修改。"
        en "Erased" "The personal data of this record was erased on request; it can no longer be changed.";
    /// The record was withdrawn.
    RETRACTED = "SK-1012" 410
        zh "已撤回" "这条记录已撤回。如需使用，请先恢复。"
        en "Withdrawn" "This record was withdrawn. Restore it first.";
    /// There is no such open conflict.
    NO_CONFLICT = "SK-1013" 409
        zh "没有待处理的冲突" "这条冲突已处理，或不存在。"
        en "No open conflict" "This conflict was settled already, or never was.";
    /// The version named is ahead of the record.
    BAD_BASE = "SK-1014" 409
        zh "版本不对" "提交所依据的版本 {base} 比现有版本 {version} 还新。请刷新后再试。"
        en "Version ahead" "The version {base} this was based on is newer than the stored {version}. Reload and try again.";
    /// The database is away or refused.
    STORE_FAILED = "SK-1015" 503
        zh "暂时无法保存" "数据没有保存：{why}。内容仍在您的设备上，稍后会再次提交。"
        en "Cannot store now" "Nothing was stored: {why}. Your entry is still on your device and will be sent again.";
    /// The node's key does not open this database.
    WRONG_KEY = "SK-1016" 500
        zh "密钥不符" "主密钥缺失或已更换，无法读取加密内容。请放回原来的密钥文件，或用备份恢复。"
        en "Wrong key" "The node's master key is missing or was changed, so encrypted content cannot be read. Put the old key file back, or restore a backup.";
    /// Stored data does not parse.
    DAMAGED = "SK-1017" 500
        zh "数据损坏" "记录 {record} 的存储内容无法读取。请运行 skein verify 检查，必要时用备份恢复。"
        en "Damaged data" "The stored content of {record} cannot be read. Run skein verify, and restore a backup if needed.";
    /// Too many commands at once.
    TOO_MANY = "SK-1018" 413
        zh "一次提交太多" "一次最多提交 {limit} 项。请分批提交。"
        en "Too many at once" "At most {limit} items are taken at once. Send them in parts.";
    /// The record is not in a state for this.
    NOT_RETRACTED = "SK-1019" 409
        zh "没有撤回过" "这条记录没有被撤回，不需要恢复。"
        en "Not withdrawn" "This record was not withdrawn; there is nothing to restore.";
    /// The device's clock is off; information, never a refusal.
    CLOCK_OFF = "SK-1020" 200
        zh "设备时钟不准" "设备时钟与服务器相差 {seconds} 秒，时间已按服务器改正。请校准设备时钟。"
        en "Device clock is off" "The device's clock differs from the server's by {seconds} seconds; the time was corrected. Set the device's clock.";
    /// There is no room left.
    DISK_FULL = "SK-1022" 503
        zh "磁盘已满" "数据没有保存：服务器的磁盘已满。请管理员腾出空间；内容仍在您的设备上，稍后会再次提交。"
        en "The disk is full" "Nothing was stored: the server's disk is full. Ask your administrator to make room; your entry is still on your device and will be sent again.";
    /// A record that must be named is not.
    NEEDS_LINK = "SK-1021" 422
        zh "还没有选择" "请先选择“{field}”，再提交。"
        en "Nothing chosen" "Choose \"{field}\" first, then send again.";
}

/// Refuses a text of more than `limit` characters, and one with the character U+0000, which PostgreSQL cannot store.
pub fn text(field: &str, text: &str, limit: usize) -> Result<(), crate::Refusal> {
    if text.contains('\0') {
        let why = "U+0000";
        return Err(crate::Refusal::new(&BAD_BODY).with("field", field).with("why", why).at(field));
    }
    let length = text.chars().count();
    if length > limit {
        let refusal = crate::Refusal::new(&TOO_LONG).with("field", field);
        return Err(refusal.with("length", length).with("limit", limit).at(field));
    }
    Ok(())
}
