//! The codes of needs. Needs that were heard, requests that were asked, and needs read out of remarks of imported
//! tables speak of the same things, so the codes stand here.

crate::codes! {
    /// What somebody needs.
    Code:
    /// Care or lessons after school.
    AfterSchool "after_school" "课后托管" "After-school care";
    /// Bullying.
    Bullying "bullying" "被欺负" "Bullying";
    /// Clothing.
    Clothing "clothing" "衣物" "Clothing";
    /// Who cares for a child.
    Custody "custody" "抚养与监护" "Custody";
    /// Home is being torn down.
    Demolition "demolition" "拆迁" "Demolition";
    /// A place at school.
    Enrolment "enrolment" "入学" "School enrolment";
    /// Staying over the Spring Festival.
    FestivalStay "festival_stay" "春节留守" "Staying over the festival";
    /// Health.
    Health "health" "看病与健康" "Health";
    /// Vaccination.
    Immunisation "immunisation" "预防接种" "Immunisation";
    /// Income.
    Income "income" "生活困难" "Income";
    /// Work.
    Job "job" "找工作" "Job";
    /// A person without registered residence.
    NoHukou "no_hukou" "没有户口" "No registered residence";
    /// A residence permit.
    PermitHelp "permit_help" "办居住证" "Residence permit";
    /// Somebody to talk to.
    Psychological "psychological" "心理支持" "Psychological support";
    /// Matters of school.
    School "school" "学校问题" "School";
    /// Another school.
    SchoolTransfer "school_transfer" "转学" "School transfer";
    /// Help with lessons.
    Tutoring "tutoring" "功课辅导" "Tutoring";
    /// Wages not paid.
    Wage "wage" "讨薪" "Unpaid wages";
    /// Hurt at work.
    WorkInjury "work_injury" "工伤" "Work injury";
    /// A place to live.
    Housing "housing" "住房" "Housing";
    /// Papers: household register, certificates, cards.
    Documents "documents" "证件材料" "Documents";
    /// Being alone.
    Loneliness "loneliness" "孤单" "Loneliness";
    /// Law.
    Legal "legal" "法律帮助" "Legal help";
    /// Anything else, in words.
    #[default]
    Other "other" "其他" "Other";
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_their_json_names() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.code());
            assert_eq!(Code::from_code(code.code()), Some(*code));
        }
        assert_eq!(Code::from_code("李娜"), None);
    }
}
