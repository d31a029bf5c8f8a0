//! Writes opportunities with their lines, competitors and stage history, and leads.

use super::{OWN, Sheet, primary};
use crate::build::deals::STAGES;
use crate::build::opportunities::amount;
use crate::build::plan::SOURCES;
use crate::names::Speech;
use crate::record::{DemoRecord, hundredths, key, link, whole};
use crate::world::{Lead, Opportunity, Outcome, World};

/// Opportunities, lines, competitors, stage changes, leads.
pub(crate) fn records(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    opportunities(world)
        .chain(lines(world))
        .chain(competitors(world))
        .chain(stage_changes(world))
        .chain(leads(world))
}

fn opportunities(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.opportunities.iter().enumerate().map(|(index, deal)| {
        let account = &world.accounts[deal.account];
        let main = deal.lines.iter().max_by_key(|line| line.subtotal()).map(|line| line.product);
        let (stage, since) = *deal.stages.last().expect("a deal begins in a stage");
        let closed = deal.outcome != Outcome::Open;
        let pipeline = STAGES[stage].0;
        // Sellers guess round numbers: thousands.
        let guess = (amount(deal) + 50_000) / 100_000 * 100_000;
        let text = deal_text(world, deal);
        Sheet::create("opportunity", index, deal.created_at, Some(key(deal.owner)))
            .set("name", name(world, deal, main))
            .set("account", link("account", deal.account))
            .set("contact", link("contact", primary(world, deal.account)))
            .set("product", main.map(|product| link("product", product)))
            .set("pipeline", link("pipeline", pipeline))
            .set("stage", link("stage", stage))
            .set("expected_amount", hundredths(guess.max(100_000)))
            .set("forecast", forecast(deal, stage, index))
            .set("engaged_on", world.calendar.date(deal.created))
            .set("close_on", world.calendar.date(deal.close))
            .set("closed_at", closed.then_some(since))
            .set("lost_reason", deal.lost_reason)
            .set("source", SOURCES[account.source].code)
            .set("next_step", if closed { "" } else { text })
            .set("external_id", format!("DEMO-O-{:06}", key(index)))
            .set("owner", link("user", deal.owner))
            .set("stage_since", since)
            .done()
    })
}

fn name(world: &World, deal: &Opportunity, product: Option<usize>) -> String {
    let language = world.language();
    let brand = &world.accounts[deal.account].name.brand;
    let product = product.map(|p| &world.catalog.products[p]);
    let product = product.map_or("", |p| language.of(p.zh, p.en));
    match language {
        crate::Language::Zh => format!("{brand} {product}采购"),
        crate::Language::En => format!("{brand}: {product}"),
    }
}

/// What comes next, by stage.
fn deal_text(world: &World, deal: &Opportunity) -> &'static str {
    let language = world.language();
    match deal.stages.len() {
        1 => language.of("预约需求沟通", "Arrange a talk about needs"),
        2 => language.of("准备方案与报价", "Prepare proposal and price"),
        3 => language.of("推动内部评审", "Help the internal review along"),
        _ => language.of("确认合同条款", "Settle the contract terms"),
    }
}

fn forecast(deal: &Opportunity, stage: usize, index: usize) -> &'static str {
    match deal.outcome {
        Outcome::Won => "closed",
        Outcome::Lost | Outcome::Invalid => "omitted",
        Outcome::Open if STAGES[stage].4 >= 75 && index.is_multiple_of(2) => "commit",
        Outcome::Open if STAGES[stage].4 >= 45 => "best_case",
        Outcome::Open => "pipeline",
    }
}

fn lines(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let deals = world.opportunities.iter().enumerate();
    let lines = deals.flat_map(|(index, deal)| {
        deal.lines.iter().enumerate().map(move |(position, line)| (index, deal, position, line))
    });
    lines.enumerate().map(|(number, (index, deal, position, line))| {
        let product = &world.catalog.products[line.product];
        Sheet::create("opportunity_line", number, deal.created_at, Some(key(deal.owner)))
            .set("opportunity", link("opportunity", index))
            .set("product", link("product", line.product))
            .set("description", world.language().of(product.zh, product.en))
            .set("quantity", whole(line.quantity))
            .set("unit_price", hundredths(line.price))
            .set("discount", hundredths(line.discount))
            .set("position", position as i64 + 1)
            .done()
    })
}

fn competitors(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let deals = world.opportunities.iter().enumerate();
    let deals = deals.filter_map(|(index, deal)| Some((index, deal, deal.work.competitor?)));
    deals.enumerate().map(|(number, (index, deal, competitor))| {
        let language = world.language();
        let mut random = world.random("rival", index);
        let strengths =
            [("价格低", "Low price"), ("本地有库存", "Local stock"), ("品牌知名", "Known brand")];
        let weaknesses =
            [("售后慢", "Slow service"), ("功能少", "Few functions"), ("无法定制", "No changes")];
        let (strength, weakness) = (random.pick(&strengths), random.pick(&weaknesses));
        let price = amount(deal) / 100 * i64::from(random.between(78, 108)) / 100 * 100;
        Sheet::create("opportunity_competitor", number, deal.created_at, Some(key(deal.owner)))
            .set("opportunity", link("opportunity", index))
            .set("competitor", link("account", competitor))
            .set("price", hundredths(price))
            .set("strengths", language.of(strength.0, strength.1))
            .set("weaknesses", language.of(weakness.0, weakness.1))
            .set("won", deal.lost_reason == "competitor")
            .done()
    })
}

fn stage_changes(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    let deals = world.opportunities.iter().enumerate();
    let steps =
        deals.flat_map(|(index, deal)| (1..deal.stages.len()).map(move |step| (index, deal, step)));
    steps.enumerate().map(|(number, (index, deal, step))| {
        let ((from, entered), (to, left)) = (deal.stages[step - 1], deal.stages[step]);
        let name = |stage: usize| world.language().of(STAGES[stage].2, STAGES[stage].3);
        Sheet::create("stage_change", number, left, Some(key(deal.owner)))
            .set("opportunity", link("opportunity", index))
            .set("from_stage", link("stage", from))
            .set("to_stage", link("stage", to))
            .set("entered_at", entered)
            .set("left_at", left)
            .set("duration", left.as_second() - entered.as_second())
            .set("by", link("user", deal.owner))
            .set("summary", format!("{} → {}", name(from), name(to)))
            .done()
    })
}

fn leads(world: &World) -> impl Iterator<Item = DemoRecord> + '_ {
    world.leads.iter().enumerate().map(|(index, lead)| {
        let product = &world.catalog.products[lead.product];
        let product = world.language().of(product.zh, product.en);
        let text = world.phrases.leads[lead.text].text(world.language(), product, "");
        let phone = if lead.speech == Speech::Chinese { "mobile" } else { "phone" };
        let account = lead.converted.map(|(account, _)| account);
        let deal = lead.converted.and_then(|(_, deal)| deal);
        Sheet::create("lead", index, lead.created_at, Some(key(lead.owner)))
            .set("name", lead.name.name.as_str())
            .set("company", lead.company.as_str())
            .set("job_title", lead.title)
            .set(phone, lead.phone.as_str())
            .set("email", format!("{}@{}.example", lead.name.latin, lead.slug))
            .set("source", SOURCES[lead.source].code)
            .set("status", lead.status)
            .set("rating", lead.rating)
            .set("industry", world.industries[lead.industry].code)
            .address(&OWN, &lead.address)
            .set("requirement", text)
            .set("external_id", format!("DEMO-L-{:06}", key(index)))
            .set("owner", link("user", lead.owner))
            .set("converted_at", account.map(|account| world.accounts[account].created_at))
            .set("converted_account", account.map(|account| link("account", account)))
            .set("converted_contact", account.map(|a| link("contact", primary(world, a))))
            .set("converted_opportunity", deal.map(|deal| link("opportunity", deal)))
            .set("dead_reason", dead_reason(world, lead, index))
            .done()
    })
}

fn dead_reason(world: &World, lead: &Lead, index: usize) -> &'static str {
    if lead.status != "dead" {
        return "";
    }
    let reasons = [
        ("预算不足", "No budget"),
        ("已选其他供应商", "Chose another supplier"),
        ("仅咨询，无采购计划", "Only asked, no plan to buy"),
        ("联系不上", "Cannot be reached"),
    ];
    let (zh, en) = *world.random("dead", index).pick(&reasons);
    world.language().of(zh, en)
}
