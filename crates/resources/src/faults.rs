//! What can go wrong with items. Numbers 3800–3899.

kernel::problems! {
    /// An item has a name.
    NAME = "SK-3801" 422
        zh "没有写物资名称" "请写明是什么物资，例如“儿童冬衣”。"
        en "Item without a name" "Say what it is, for example \"child's winter coat\".";
    /// More was to be given than is there.
    NOT_ENOUGH = "SK-3802" 409
        zh "库存不够" "“{name}”只剩 {count} 件，不能给出 {asked} 件。如果实物还有，请先清点更正库存，再提交一次。"
        en "Not enough in stock" "There are {count} of \"{name}\" left, so {asked} cannot be given. If there are more on the shelf, correct the stock first and send this again.";
    /// Nothing, or more than anybody has.
    COUNT = "SK-3803" 422
        zh "数量不对" "数量应在 {first} 至 {last} 之间。请改正。"
        en "Number out of range" "The number is between {first} and {last}. Correct it.";
    /// What is given goes to somebody.
    TO_WHOM = "SK-3804" 422
        zh "没有写明给谁" "请选择至少一个人或一户。"
        en "Given to nobody" "Choose at least one person or a household.";
    /// There is no such gift.
    NO_GIFT = "SK-3805" 404
        zh "没有这次发放" "找不到这次发放，可能已经收回。请刷新后再看。"
        en "No such gift" "This was not given, or was taken back already. Reload and look again.";
    /// An item holds so many gifts.
    FULL = "SK-3806" 409
        zh "这一条已记满" "“{name}”已记录 {limit} 次发放。请为新到的一批另建一条。"
        en "This line is full" "\"{name}\" holds {limit} gifts already. Make a new item for the next delivery.";
    /// The day of a gift is far off or to come.
    DAY = "SK-3807" 422
        zh "日期不对" "日期应在 {first} 至今天（{last}）之间。请改正。"
        en "Day out of range" "The day is between {first} and today, {last}. Correct it.";
    /// Too many people at once.
    TOO_MANY = "SK-3808" 422
        zh "人数太多" "一次发放最多记录 {limit} 人。请分成几次记录。"
        en "Too many people" "A gift names at most {limit} people. Record it in parts.";
}
