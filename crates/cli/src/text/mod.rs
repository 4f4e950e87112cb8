//! What people read: numbers, tables and words in English and Chinese.

pub(crate) mod checking;
pub(crate) mod fitting;
pub(crate) mod numbers;
pub(crate) mod plan;
pub(crate) mod sealing;
pub(crate) mod simulate;
pub(crate) mod table;
pub(crate) mod words;
