//! What can be imported: eleven kinds of rows, each with its own column names.

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    People,
    Products,
    Accounts,
    AccountTeam,
    Contacts,
    Sales,
    Activities,
    Estimates,
    Abilities,
    Targets,
    Overrides,
}

/// One of a kind's own columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    /// A file (or its map) must have the column; whether every row needs a value is for the row's reader to say.
    pub is_required: bool,
    /// Its values are numbers: they show whether the file writes decimals with a point or a comma.
    pub is_number: bool,
}

impl Kind {
    /// In the order in which the files refer to one another.
    pub const ALL: [Self; 11] = [
        Self::People,
        Self::Products,
        Self::Accounts,
        Self::AccountTeam,
        Self::Contacts,
        Self::Sales,
        Self::Activities,
        Self::Estimates,
        Self::Abilities,
        Self::Targets,
        Self::Overrides,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Products => "products",
            Self::Accounts => "accounts",
            Self::AccountTeam => "account_team",
            Self::Contacts => "contacts",
            Self::Sales => "sales",
            Self::Activities => "activities",
            Self::Estimates => "estimates",
            Self::Abilities => "abilities",
            Self::Targets => "targets",
            Self::Overrides => "overrides",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::People => PEOPLE,
            Self::Products => PRODUCTS,
            Self::Accounts => ACCOUNTS,
            Self::AccountTeam => ACCOUNT_TEAM,
            Self::Contacts => CONTACTS,
            Self::Sales => SALES,
            Self::Activities => ACTIVITIES,
            Self::Estimates => ESTIMATES,
            Self::Abilities => ABILITIES,
            Self::Targets => TARGETS,
            Self::Overrides => OVERRIDES,
        }
    }

    /// The columns that say which record a row tells of.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Self::People | Self::Products | Self::Accounts | Self::Contacts | Self::Activities => {
                &["external_id"]
            }
            Self::AccountTeam => &["account", "person", "role"],
            Self::Sales => &["invoice", "line"],
            Self::Estimates => &["account", "group", "estimator", "person", "day"],
            Self::Abilities => &["account", "person", "day"],
            Self::Targets => &["account", "year", "person", "day"],
            Self::Overrides => &["account", "from"],
        }
    }

    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

const fn required(name: &'static str) -> Field {
    Field { name, is_required: true, is_number: false }
}

const fn optional(name: &'static str) -> Field {
    Field { name, is_required: false, is_number: false }
}

const fn number(name: &'static str) -> Field {
    Field { name, is_required: false, is_number: true }
}

const fn required_number(name: &'static str) -> Field {
    Field { name, is_required: true, is_number: true }
}

const PEOPLE: &[Field] = &[
    required("external_id"),
    required("name"),
    optional("email"),
    required("role"),
    optional("team"),
    optional("manager"),
    optional("active"),
    number("hourly_cost"),
    number("customer_hours"),
    optional("known_on"),
];

const PRODUCTS: &[Field] =
    &[required("external_id"), required("name"), optional("group"), optional("known_on")];

const ACCOUNTS: &[Field] = &[
    required("external_id"),
    required("name"),
    optional("business_id"),
    optional("parent"),
    optional("industry"),
    optional("size_class"),
    optional("owner"),
    optional("street"),
    optional("postal_code"),
    optional("city"),
    optional("country"),
    optional("active"),
    optional("known_on"),
];

const ACCOUNT_TEAM: &[Field] = &[
    required("account"),
    required("person"),
    required("role"),
    optional("from"),
    optional("until"),
    optional("known_on"),
];

const CONTACTS: &[Field] = &[
    required("external_id"),
    required("account"),
    required("name"),
    optional("title"),
    optional("email"),
    optional("phone"),
    optional("known_on"),
];

const SALES: &[Field] = &[
    required("invoice"),
    optional("line"),
    required("day"),
    required("account"),
    optional("product"),
    number("quantity"),
    required_number("net"),
    number("cost"),
    optional("known_on"),
];

const ACTIVITIES: &[Field] = &[
    required("external_id"),
    required("account"),
    required("kind"),
    optional("person"),
    required("day"),
    number("minutes"),
    required("state"),
    optional("direction"),
    optional("contact"),
    optional("outcome"),
    optional("note"),
    optional("planned_on"),
    optional("known_on"),
];

const ESTIMATES: &[Field] = &[
    required("account"),
    optional("group"),
    required_number("yearly_need"),
    required("estimator"),
    optional("person"),
    required("day"),
    optional("justification"),
    optional("known_on"),
];

const ABILITIES: &[Field] = &[
    required("account"),
    required_number("people"),
    required_number("offering"),
    required_number("processes"),
    required_number("relationship"),
    optional("person"),
    required("day"),
    optional("known_on"),
];

const TARGETS: &[Field] = &[
    required("account"),
    required_number("year"),
    required_number("target"),
    optional("person"),
    required("day"),
    optional("known_on"),
];

const OVERRIDES: &[Field] = &[
    required("account"),
    required("segment"),
    optional("reason"),
    optional("person"),
    required("from"),
    optional("review"),
    optional("known_on"),
];
