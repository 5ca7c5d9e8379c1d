//! From bytes to reports: text, pages, JSON Lines, with every character mapped back to the input.
