//! Values on their way to PostgreSQL and back, in its binary form.

use super::Value;
use luotsi_core::units::Day;
use std::error::Error;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use uuid::Uuid;

/// PostgreSQL counts days from 2000-01-01.
const POSTGRES_EPOCH: i32 = 10_957;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(int), &Type::INT8) => int.to_sql(kind, out),
            (Self::Int(int), &Type::INT4) => i32::try_from(*int)?.to_sql(kind, out),
            (Self::Int(int), &Type::FLOAT8) => (*int as f64).to_sql(kind, out),
            (Self::Int(int), &Type::BOOL) => (*int != 0).to_sql(kind, out),
            (Self::Real(real), &Type::FLOAT8) => real.to_sql(kind, out),
            (Self::Text(text), &Type::TEXT | &Type::VARCHAR) => text.to_sql(kind, out),
            (Self::Id(id), &Type::UUID) => id.to_sql(kind, out),
            (Self::Day(day), &Type::DATE) => (day.since_epoch() - POSTGRES_EPOCH).to_sql(&Type::INT4, out),
            (Self::Int(_) | Self::Real(_) | Self::Text(_) | Self::Id(_) | Self::Day(_), other) => {
                Err(format!("{self:?} given where {other} was asked for").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A column as PostgreSQL sent it.
pub(in super::super) enum Raw<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Id(Uuid),
    Day(Day),
}

impl<'a> FromSql<'a> for Raw<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(i64::from).map(Self::Int),
            Type::BOOL => bool::from_sql(kind, raw).map(i64::from).map(Self::Int),
            Type::FLOAT8 => f64::from_sql(kind, raw).map(Self::Real),
            Type::NUMERIC => whole_number(raw).map(Self::Int),
            Type::UUID => Ok(Self::Id(Uuid::from_slice(raw)?)),
            Type::DATE => i32::from_sql(&Type::INT4, raw)
                .map(|days| Self::Day(Day::from_since_epoch(days.saturating_add(POSTGRES_EPOCH)))),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                <&str>::from_sql(kind, raw).map(Self::Text)
            }
            _ => Err(format!("a column of type {kind} is not foreseen").into()),
        }
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Sums of bigint come as numeric: digits to the base 10,000 after a head of four numbers of two bytes.
fn whole_number(raw: &[u8]) -> Result<i64, Box<dyn Error + Sync + Send>> {
    let words: Vec<i16> = raw.chunks_exact(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect();
    let [count, weight, sign, _, digits @ ..] = words.as_slice() else {
        return Err("a numeric without head".into());
    };
    if *count > *weight + 1 || *weight > 4 {
        return Err("a numeric that is no whole number of 64 bits".into());
    }
    let places = usize::try_from(*weight + 1).unwrap_or(0);
    let digit = |place: usize| digits.get(place).copied().map_or(0, i128::from);
    let size = (0..places).fold(0_i128, |sum, place| sum * 10_000 + digit(place));
    Ok(i64::try_from(if *sign == 0 { size } else { -size })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_whole_numbers() {
        let raw = |words: &[i16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<u8>>();

        assert_eq!(whole_number(&raw(&[2, 1, 0, 0, 12, 3456])).unwrap(), 123_456);
        assert_eq!(whole_number(&raw(&[1, 1, 0x4000, 0, 12])).unwrap(), -120_000);
        assert_eq!(whole_number(&raw(&[0, 0, 0, 0])).unwrap(), 0);
        assert!(whole_number(&raw(&[2, 0, 0, 2, 1, 5000])).is_err());
    }
}
