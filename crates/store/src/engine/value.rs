//! What is bound to a statement: the same on both engines.

use luotsi_core::{
    account::AccountId,
    offering::GroupId,
    people::PersonId,
    units::{Day, Money},
};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Id(Uuid),
    Day(Day),
}

macro_rules! value_from {
    ($($from:ty, $given:ident => $value:expr;)*) => {
        $(impl From<$from> for Value {
            fn from($given: $from) -> Self {
                $value
            }
        })*
    };
}

value_from! {
    i64, int => Self::Int(int);
    i32, int => Self::Int(int.into());
    i16, int => Self::Int(int.into());
    u8, int => Self::Int(int.into());
    u16, int => Self::Int(int.into());
    u32, int => Self::Int(int.into());
    bool, truth => Self::Int(truth.into());
    f64, real => Self::Real(real);
    String, text => Self::Text(text);
    &String, text => Self::Text(text.clone());
    &str, text => Self::Text(text.to_owned());
    Uuid, id => Self::Id(id);
    AccountId, id => Self::Id(id.0);
    PersonId, id => Self::Id(id.0);
    GroupId, id => Self::Id(id.0);
    Day, day => Self::Day(day);
    Money, money => Self::Int(money.cents);
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
