//! The answer sheet as Markdown, for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Truths;

/// Accounts named in one list; the JSON has all.
const NAMED_MAX: usize = 60;

impl Truths {
    /// A page with a table for each truth.
    pub fn to_markdown(&self) -> String {
        let mut page = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut page);
        page
    }

    fn write(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "# What is planted in the demo firm\n")?;
        writeln!(
            page,
            "Seed {}, scale {}, {}, today {}. The JSON form lists every account.\n",
            self.options.seed,
            self.options.scale,
            self.options.language.tag(),
            self.options.today
        )?;
        self.segments(page)?;
        self.bundles(page)?;
        self.leaving(page)?;
        self.effects(page)?;
        self.sources(page)?;
        self.rhythm(page)?;
        self.decoys(page)
    }

    fn segments(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Segments\n")?;
        writeln!(
            page,
            "| segment | cycle, days | order, yuan | customers | orders | industries |"
        )?;
        writeln!(page, "|---|---|---|---|---|---|")?;
        for s in &self.segments {
            writeln!(
                page,
                "| {} ({}) | {:.0} | {:.0} | {} | {} | {} |",
                s.code,
                s.name,
                s.cycle_days,
                s.order_value,
                s.customers,
                s.orders,
                s.industries.join(", ")
            )?;
        }
        writeln!(page)
    }

    fn bundles(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Products bought together\n")?;
        writeln!(page, "| bundle | products | complete orders | least lift | hold all but one |")?;
        writeln!(page, "|---|---|---|---|---|")?;
        for b in &self.bundles {
            writeln!(
                page,
                "| {} ({}) | {} | {} | {:.1} | {} |",
                b.code,
                b.name,
                b.products.join(" + "),
                b.complete_orders,
                b.lift_min,
                b.part_holders.len()
            )?;
        }
        writeln!(page)
    }

    fn leaving(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Customers that leave\n")?;
        writeln!(page, "| cause | gone | can still be saved |\n|---|---|---|")?;
        let mut causes: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for leaving in self.accounts.iter().filter_map(|a| a.leaving.as_ref()) {
            let counts = causes.entry(leaving.cause).or_default();
            if leaving.is_lost {
                counts.0 += 1;
            } else {
                counts.1 += 1;
            }
        }
        for (cause, (lost, saved)) in causes {
            writeln!(page, "| {cause} | {lost} | {saved} |")?;
        }
        writeln!(page, "\nTo be saved now:\n")?;
        let saved = self.accounts.iter().filter_map(|a| Some((a, a.leaving.as_ref()?)));
        for (account, leaving) in saved.filter(|(_, l)| !l.is_lost).take(NAMED_MAX) {
            writeln!(page, "- {}: {}", account.external_id, leaving.cause)?;
        }
        writeln!(page)
    }

    fn effects(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## What wins deals\n")?;
        writeln!(page, "| effect | shows as | log-odds | odds ratio | won with | won without |")?;
        writeln!(page, "|---|---|---|---|---|---|")?;
        let share = |(won, closed): (usize, usize)| 100.0 * won as f64 / closed.max(1) as f64;
        for e in &self.effects {
            writeln!(
                page,
                "| {} | {} | {:+.1} | {:.2} | {:.0} % of {} | {:.0} % of {} |",
                e.code,
                e.shows_as,
                e.log_odds,
                e.log_odds.exp(),
                share(e.with),
                e.with.1,
                share(e.without),
                e.without.1
            )?;
        }
        writeln!(page, "\n| salesperson | fast | visits | threads | won | lost |")?;
        writeln!(page, "|---|---|---|---|---|---|")?;
        for s in &self.salespeople {
            let [fast, visits, threads] = s.habits.map(|habit| 100.0 * habit);
            writeln!(
                page,
                "| {} | {fast:.0} % | {visits:.0} % | {threads:.0} % | {} | {} |",
                s.email, s.won, s.lost
            )?;
        }
        writeln!(page)
    }

    fn sources(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Where customers come from\n")?;
        writeln!(
            page,
            "| source | one-off share | factor on leaving | leads that convert | customers of 200 days | ordered in the last 180 days |"
        )?;
        writeln!(page, "|---|---|---|---|---|---|")?;
        for s in &self.sources {
            writeln!(
                page,
                "| {} | {:.0} % | {:.2} | {:.0} % | {} | {:.0} % |",
                s.code,
                100.0 * s.one_off,
                s.leaves,
                100.0 * s.converts,
                s.customers,
                100.0 * s.kept as f64 / s.customers.max(1) as f64
            )?;
        }
        writeln!(page)
    }

    fn rhythm(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Rhythm and the new product\n")?;
        let next = self.accounts.iter().filter(|a| a.next_order_on.is_some()).count();
        writeln!(
            page,
            "Firms buy most at quarter ends and in December, least around Spring Festival; schools in July and \
             August; authorities in November and December; nobody at weekends. Each customer keeps its own cycle \
             under these seasons. {next} customers order again within 150 days; the JSON gives the day.\n"
        )?;
        let launch = &self.launch;
        writeln!(
            page,
            "{} was launched on {}. {} of {} orders from {} have it, and {} of {} from all others.\n",
            launch.product,
            launch.launched_on,
            launch.wanted.0,
            launch.wanted.1,
            launch.industries.join(", "),
            launch.others.0,
            launch.others.1
        )
    }

    fn decoys(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "## Decoys\n")?;
        for decoy in &self.decoys {
            writeln!(page, "- `{}`: {}", decoy.field, decoy.statement)?;
        }
        Ok(())
    }
}
