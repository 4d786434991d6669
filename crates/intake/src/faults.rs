//! The problems of imports. Numbers 4100–4199.

kernel::problems! {
    /// No such import.
    UNKNOWN_IMPORT = "SK-4101" 404
        zh "没有这次导入" "找不到这次导入：可能已清理，或不属于本站点。"
        en "No such import" "There is no such import; it may have been cleared away.";
    /// It is not in a state for this.
    WRONG_STATE = "SK-4102" 409
        zh "现在不能这样做" "这次导入目前的状态是“{state}”，不能执行此操作。"
        en "Not now" "This import is \"{state}\" at present; this cannot be done now.";
    /// No such sheet.
    UNKNOWN_SHEET = "SK-4103" 422
        zh "没有这张表" "工作簿里没有名为“{sheet}”的表。"
        en "No such sheet" "The workbook has no sheet named \"{sheet}\".";
    /// No such field or column.
    UNKNOWN_FIELD = "SK-4104" 422
        zh "栏目不对" "“{field}”不是可以导入的栏目，或没有这一列。"
        en "No such field" "\"{field}\" is not a field that can be imported, or there is no such column.";
    /// Nothing is chosen.
    NOTHING_CHOSEN = "SK-4105" 422
        zh "没有可导入的内容" "没有选中任何含有姓名的表。请至少选择一张表。"
        en "Nothing to import" "No sheet with people is chosen. Choose at least one.";
    /// A row refers to something that does not exist.
    UNKNOWN_ROW = "SK-4106" 422
        zh "没有这一行" "表“{sheet}”里没有第 {row} 行数据，或这一行没有待决定的重复。"
        en "No such row" "The sheet \"{sheet}\" has no data in row {row}, or there is no duplicate to decide on.";
    /// The file of the request is missing.
    NO_FILE = "SK-4107" 422
        zh "没有文件" "请选择要导入的文件。"
        en "No file" "Choose the file to import.";
    /// A row could not be stored; the others go on.
    ROW_FAILED = "SK-4108" 422
        zh "有行没有导入" "第 {row} 行没有导入：{why}"
        en "Row not imported" "Row {row} was not imported: {why}";
}
