//! The fields that a column can be, under the names that reports and interfaces use.

use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $zh:literal $en:literal;)*) => {
        /// A field of an imported row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Field {
            /// Every field.
            pub const ALL: &'static [Field] = &[$(Field::$variant),*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Field::$variant => $name),* }
            }

            /// The label in Chinese and English.
            pub fn label(self) -> (&'static str, &'static str) {
                match self { $(Field::$variant => ($zh, $en)),* }
            }

            /// The field of a stable name.
            pub fn of(name: &str) -> Option<Field> {
                match name { $($name => Some(Field::$variant),)* _ => None }
            }
        }
    };
}

fields! {
    /// Running number; not kept.
    No = "no" "序号" "Number";
    /// The person's name.
    Name = "name" "姓名" "Name";
    /// Sex.
    Sex = "sex" "性别" "Sex";
    /// Birth date, month, year or age.
    Birth = "birth" "出生日期" "Born";
    /// Age in a column of its own.
    Age = "age" "年龄" "Age";
    /// Identity number.
    IdNo = "id_no" "身份证号" "ID number";
    /// Ethnic group.
    Nation = "nation" "民族" "Ethnic group";
    /// A guardian's name.
    GuardianName = "guardians.name" "监护人姓名" "Guardian's name";
    /// A guardian's relation to the child.
    GuardianRelation = "guardians.relation" "监护人关系" "Guardian's relation";
    /// A guardian's phones.
    GuardianPhones = "guardians.phones" "监护人电话" "Guardian's phone";
    /// Guardians with names, relations and phones in one cell.
    Guardians = "guardians" "监护人" "Guardians";
    /// Registered home.
    Home = "home" "老家" "Home place";
    /// Where they live now.
    Address = "address" "现住址" "Address";
    /// On what terms they live there.
    Tenure = "tenure" "居住情况" "Housing";
    /// When they came.
    Arrival = "arrival" "到来时间" "Arrived";
    /// School.
    School = "school" "学校" "School";
    /// Grade.
    Grade = "grade" "年级" "Grade";
    /// Residence permit.
    Permit = "permit" "居住证" "Residence permit";
    /// Medical insurance.
    Insurance = "insurance" "医保" "Insurance";
    /// Disability.
    Disability = "disability" "残疾情况" "Disability";
    /// Needs, as codes read from a remark.
    Needs = "needs" "需求" "Needs";
    /// Household number.
    HouseholdNo = "household_no" "家庭编号" "Household number";
    /// Head of the household.
    Head = "head" "户主" "Head of household";
    /// Relation to the head.
    Relation = "relation" "与户主关系" "Relation to head";
    /// Phones.
    Phones = "phones" "电话" "Phone";
    /// Occupation.
    Occupation = "occupation" "职业" "Occupation";
    /// Education.
    Education = "education" "文化程度" "Education";
    /// Day of registration.
    Registered = "registered" "登记日期" "Registered";
    /// Who registered.
    Worker = "worker" "登记人" "Registered by";
    /// Remark.
    Remark = "remark" "备注" "Remark";
    /// Rent per month in yuan.
    Rent = "rent" "房租" "Rent";
    /// People in the household.
    HouseholdSize = "household_size" "家庭人口" "Household size";
    /// WeChat name.
    Wechat = "wechat" "微信" "WeChat";
    /// Nickname.
    Nickname = "nickname" "小名" "Nickname";
    /// Day of a visit.
    Day = "day" "日期" "Day";
    /// How they met.
    Contact = "kind" "方式" "How";
    /// Whom they met.
    Who = "who" "对象" "With whom";
    /// Who of the centre.
    Workers = "workers" "走访人" "Workers";
    /// How long, in minutes.
    Minutes = "minutes" "时长" "Minutes";
    /// What was said.
    Text = "text" "谈话内容" "What was said";
    /// What came of it.
    Result = "result" "结果" "Result";
    /// When to look in again.
    Next = "next" "下次" "Next";
    /// When somebody signed up.
    Submitted = "submitted" "报名时间" "Signed up";
    /// What they call themselves.
    Label = "label" "称呼" "Called";
    /// How many come.
    Party = "party" "人数" "How many";
    /// Grown-ups who come.
    Adults = "adults" "大人" "Adults";
    /// Children who come.
    Children = "children" "孩子" "Children";
    /// Whether to fetch them.
    Pickup = "pickup" "接送" "Fetch";
    /// A message that holds name, phone and party.
    FreeText = "free_text" "接龙内容" "Message";
    /// Whether the sign-up stands.
    Status = "status" "状态" "Status";
    /// A remark of a sign-up or a roll.
    Note = "note" "备注" "Note";
    /// A session to tick.
    Session = "session" "场次" "Session";
}

impl Field {
    /// Said once for a household and left blank, merged or dittoed for its other members.
    pub fn of_household(self) -> bool {
        matches!(
            self,
            Self::HouseholdNo
                | Self::Head
                | Self::Address
                | Self::Tenure
                | Self::Rent
                | Self::Registered
                | Self::Worker
                | Self::HouseholdSize
        )
    }

    /// Of a sheet about happenings, in which a field of people means something else.
    pub fn of_happening(self) -> bool {
        matches!(
            self,
            Self::Day
                | Self::Contact
                | Self::Who
                | Self::Workers
                | Self::Minutes
                | Self::Text
                | Self::Result
                | Self::Next
                | Self::Submitted
                | Self::Label
                | Self::Party
                | Self::Adults
                | Self::Children
                | Self::Pickup
                | Self::FreeText
                | Self::Status
                | Self::Note
                | Self::Session
        )
    }

    /// Part of a guardian.
    pub fn of_guardian(self) -> bool {
        matches!(self, Self::GuardianName | Self::GuardianRelation | Self::GuardianPhones | Self::Guardians)
    }
}
