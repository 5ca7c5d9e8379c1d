//! One file a page. A page takes a view and gives markup; it asks nothing and computes nothing about the news.

pub mod compare;
pub mod desk;
pub mod judging;
pub mod lists;
pub mod person;
pub mod report;
pub mod search;
pub mod statement;
pub mod story;
pub mod tree;
