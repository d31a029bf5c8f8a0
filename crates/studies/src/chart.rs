//! What a chart shows, free of how it is drawn.

use mining::Text;

/// How numbers of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// As numbers.
    Number,
    /// Shares of 1 in percent.
    Share,
    /// Days since 1970-01-01 as dates.
    Day,
}

/// A line or a cloud of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub name: Text,
    /// The points (x, y).
    pub points: Vec<(f64, f64)>,
    /// Lower and upper bound per point, or none.
    pub band: Vec<(f64, f64)>,
    /// A line that changes only at its points, as survival curves do.
    pub steps: bool,
    /// A line for comparison, drawn thin and broken.
    pub reference: bool,
}

impl Series {
    /// A plain line.
    #[must_use]
    pub fn line(name: Text, points: Vec<(f64, f64)>) -> Self {
        Self { name, points, band: Vec::new(), steps: false, reference: false }
    }

    /// A line for comparison.
    #[must_use]
    pub fn reference(name: Text, points: Vec<(f64, f64)>) -> Self {
        Self { reference: true, ..Self::line(name, points) }
    }
}

/// A bar with its label.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub label: Text,
    /// How long it is.
    pub value: f64,
    /// Lower and upper bound.
    pub range: Option<(f64, f64)>,
    /// What is written beside it in place of the value.
    pub note: Option<Text>,
}

/// A node of a drawn tree.
#[derive(Debug, Clone, PartialEq)]
pub struct TreeNode {
    /// What it asks, or empty in a leaf.
    pub question: Text,
    /// What it predicts, as a text.
    pub value: String,
    /// The prediction from 0 (lowest of the tree) to 1 (highest).
    pub shade: f64,
    /// Rows in it.
    pub rows: usize,
    /// The children, if any: for "yes" and for "no".
    pub children: Option<(usize, usize)>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: Text,
    /// What to read from it, for those who cannot see it, too.
    pub alt: Text,
    /// Its kind and data.
    pub kind: Kind,
}

/// The kinds of charts.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Bars from top to bottom; with `around_zero`, dots with ranges around a zero line.
    Bars {
        /// The bars.
        bars: Vec<Bar>,
        /// Their unit.
        unit: Unit,
        /// Dots with ranges on both sides of zero.
        around_zero: bool,
    },
    /// Lines over a common axis.
    Lines {
        /// The lines, at most six.
        series: Vec<Series>,
        /// Name and unit of the horizontal axis.
        x: (Text, Unit),
        /// Name and unit of the vertical axis.
        y: (Text, Unit),
    },
    /// Cells of a grid, darker where more; row 0 is at the bottom.
    Grid {
        /// Names of the columns, left to right.
        columns: Vec<Text>,
        /// Names of the rows, bottom to top.
        rows: Vec<Text>,
        /// Name of the horizontal and the vertical axis.
        axes: (Text, Text),
        /// Per row, per column: how dark from 0 to 1, and the lines written in it.
        cells: Vec<Vec<(f64, Vec<Text>)>>,
    },
    /// A decision tree, root first.
    Tree {
        /// The nodes.
        nodes: Vec<TreeNode>,
    },
}

impl Bar {
    /// A plain bar.
    #[must_use]
    pub fn new(label: Text, value: f64) -> Self {
        Self { label, value, range: None, note: None }
    }

    /// A bar named by the data.
    #[must_use]
    pub fn raw(label: &str, value: f64) -> Self {
        Self::new(Text::new(label, label), value)
    }

    /// The same with something else written beside it.
    #[must_use]
    pub fn noted(self, note: Text) -> Self {
        Self { note: Some(note), ..self }
    }
}

impl Chart {
    /// Bars from top to bottom.
    #[must_use]
    pub fn bars(title: Text, alt: Text, bars: Vec<Bar>, unit: Unit) -> Self {
        Self { title, alt, kind: Kind::Bars { bars, unit, around_zero: false } }
    }

    /// Dots with ranges on both sides of zero.
    #[must_use]
    pub fn effects(title: Text, alt: Text, bars: Vec<Bar>, unit: Unit) -> Self {
        Self { title, alt, kind: Kind::Bars { bars, unit, around_zero: true } }
    }

    /// Lines over a common axis.
    #[must_use]
    pub fn lines(
        title: Text,
        alt: Text,
        series: Vec<Series>,
        x: (Text, Unit),
        y: (Text, Unit),
    ) -> Self {
        Self { title, alt, kind: Kind::Lines { series, x, y } }
    }
}
