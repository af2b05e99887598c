//! The core of the R package `sayso`: reads and analyses articles and hands over tables. What R users see is put together of it in `r/R`.

mod bridge;
mod cells;
mod pipeline;
mod run;
mod stop;
