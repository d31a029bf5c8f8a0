//! What columns are usually called, in both languages and by well-known programs.

use crate::refusal::Refusal;
use crate::sheet::{Sheet, TextColumn};
use mining::Text;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Whose row it is.
    Customer,
    /// When it happened.
    Date,
    /// Money of the row.
    Amount,
    /// Price of one piece.
    Price,
    /// Pieces.
    Quantity,
    /// Which invoice, basket or receipt.
    Basket,
    /// What was bought.
    Item,
    /// What became of it.
    Outcome,
    /// How far a deal is.
    Stage,
    /// Where a customer came from.
    Source,
    /// Who sold.
    Seller,
    /// When somebody came.
    Start,
    /// When somebody left.
    End,
}

impl Role {
    /// The setting that names the column.
    #[must_use]
    pub fn setting(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Price => "price",
            Self::Quantity => "quantity",
            Self::Basket => "basket",
            Self::Item => "item",
            Self::Outcome => "outcome",
            Self::Stage => "stage",
            Self::Source => "source",
            Self::Seller => "seller",
            Self::Start => "start",
            Self::End => "end",
        }
    }

    fn words(self) -> Text {
        match self {
            Self::Customer => Text::new("the customer", "客户"),
            Self::Date => Text::new("the date", "日期"),
            Self::Amount => Text::new("the amount", "金额"),
            Self::Price => Text::new("the price", "单价"),
            Self::Quantity => Text::new("the quantity", "数量"),
            Self::Basket => Text::new("the invoice or basket", "订单或购物篮"),
            Self::Item => Text::new("the product", "商品"),
            Self::Outcome => Text::new("the outcome", "结果"),
            Self::Stage => Text::new("the stage", "阶段"),
            Self::Source => Text::new("the source", "来源"),
            Self::Seller => Text::new("the salesperson", "销售员"),
            Self::Start => Text::new("the start", "开始"),
            Self::End => Text::new("the end", "结束"),
        }
    }

    /// Names in order of preference, without spaces and marks, in lower case.
    fn names(self) -> impl Iterator<Item = &'static str> {
        let names = match self {
            Self::Customer => {
                "customerid customerno customernumber customer customeruniqueid custid cust \
                 clientid client clientnum accountid account accountname memberid membernumber memberno member userid user \
                 visitorid householdkey buyerid buyer customername 客户编号 客户id 客户号 \
                 客户 客户名称 会员编号 会员号 会员id 会员 用户id 用户编号 用户 买家 买家id \
                 公司 公司名称"
            }
            Self::Date => {
                "orderdate invoicedate purchasedate transactiondate orderedat orderedon \
                 orderpurchasetimestamp saledate salesdate trandate transdate orderdatetime invoicedatetime billdate date datetime day timestamp time createdat \
                 createdon createddate engagedate closedate dt 下单日期 订单日期 下单时间 购买日期 \
                 成交日期 交易日期 开票日期 日期 时间 创建时间 月份 月"
            }
            Self::Amount => {
                "amount totalamount ordertotal ordervalue orderamount invoiceamount linetotal \
                 salesamount totalsales totalprice totalvalue transactionamount tranamount \
                 purchaseamount grandtotal total revenue sales dollarvalue closevalue value spend spent paymentvalue payment monetary netamount \
                 grossamount 订单金额 成交金额 实付金额 销售金额 销售额 金额 总额 总金额 收入"
            }
            Self::Price => "unitprice price itemprice saleprice 单价 价格 售价",
            Self::Quantity => "quantity qty units pieces count numberofcds 数量 件数 购买数量",
            Self::Basket => {
                "invoiceno invoice invoiceid orderid orderno ordernumber order transactionid \
                 transactionno transaction basketid basket receiptid receipt ticket billno \
                 memberandday 订单编号 订单号 订单 发票号 小票号 交易号 单号"
            }
            Self::Item => {
                "stockcode sku productid productcode itemid itemcode product productname item \
                 itemname itemdescription article description goods 商品编码 商品编号 商品 \
                 商品名称 产品编号 产品 产品名称 货号 品名 物料"
            }
            Self::Outcome => {
                "outcome churn churned exited attrition attritionflag response responded \
                 converted won iswon target label left subscribed accepted exitedflag y dealstage class stage salesstage opportunitystage \
                 status 流失 \
                 是否流失 响应 是否响应 结果 是否成交 是否购买 目标"
            }
            Self::Stage => {
                "stage dealstage salesstage opportunitystage tostage status phase 阶段 商机阶段 状态"
            }
            Self::Source => {
                "source leadsource leadorigin acquisitionsource channel acquisitionchannel campaign \
                 origin medium 来源 客户来源 线索来源 渠道 获客渠道"
            }
            Self::Seller => {
                "salesagent salesperson salesrep seller rep owner opportunityowner dealowner accountowner agent salesman 销售员 销售 \
                 业务员 负责人 客户经理 销售人员"
            }
            Self::Start => {
                "start startdate startedon from joined joindate signupdate createdat \
                 engagedate createddate creationdate opendate firstdate 开始 开始日期 起始日期 加入日期 注册日期"
            }
            Self::End => {
                "end enddate endedon lefton closedate closeddate churndate canceldate lastdate 结束 \
                 结束日期 流失日期 关闭日期 到期日期"
            }
        };
        names.split_whitespace()
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The column that by its name is for this role.
pub(crate) fn guess(sheet: &Sheet, role: Role) -> Option<&TextColumn> {
    called(sheet, role.names())
}

/// The column with the first of these names, without spaces and marks, that there is.
pub(crate) fn called<'a, 'n>(
    sheet: &'a Sheet,
    mut names: impl Iterator<Item = &'n str>,
) -> Option<&'a TextColumn> {
    let all: Vec<String> = sheet.columns.iter().map(|c| plain(&c.name)).collect();
    let at = names.find_map(|want| all.iter().position(|name| name == want));
    at.map(|at| &sheet.columns[at])
}

/// The refusal when no column is found for a role.
pub(crate) fn unknown(sheet: &Sheet, role: Role) -> Refusal {
    let (words, flag, names) = (role.words(), role.setting(), sheet.names().join(", "));
    Refusal {
        code: "study.which_column".to_owned(),
        why: Text::new(format!("which column is {}?", words.en), format!("哪一列是{}？", words.zh)),
        help: Text::new(
            format!("say it with --{flag} NAME; the columns are: {names}"),
            format!("请用 --{flag} 列名 指定；现有列：{names}"),
        ),
    }
}

/// The refusal when a column that is named does not exist.
pub(crate) fn no_such(sheet: &Sheet, name: &str) -> Refusal {
    let names = sheet.names().join(", ");
    Refusal {
        code: "mining.unknown_column".to_owned(),
        why: Text::new(format!("there is no column {name}"), format!("没有名为 {name} 的列")),
        help: Text::new(format!("the columns are: {names}"), format!("现有列：{names}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(names: &[&str], role: Role, want: Option<&str>) {
        let sheet = Sheet::from_rows(names, &[]).expect("no rows are fine");
        assert_eq!(guess(&sheet, role).map(|c| c.name.as_str()), want);
    }

    #[test]
    fn columns_are_known_by_their_usual_names() {
        check(&["InvoiceNo", "Customer ID"], Role::Customer, Some("Customer ID"));
        check(&["客户编号", "下单日期"], Role::Date, Some("下单日期"));
        check(&["customer", "customer_id"], Role::Customer, Some("customer_id"));
        check(&["a", "b"], Role::Amount, None);
    }
}
