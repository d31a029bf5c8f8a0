//! Calling codes of the world (ITU-T E.164 assignments), with trunk prefixes and lengths where they
//! are settled. A country missing here only loses its name, not its numbers.

/// A country, or a network of its own such as satellite phones.
#[derive(Debug)]
pub(super) struct Country {
    /// ISO 3166, upper case; `001` for networks of no country.
    pub iso: &'static str,
    pub code: &'static str,
    /// Dialled before national numbers at home, not from abroad; empty if there is none.
    pub trunk: &'static str,
    /// Digits of a national number without trunk prefix.
    digits_min: usize,
    digits_max: usize,
}

impl Country {
    /// The national number without trunk prefix, if its length is possible.
    pub fn national<'a>(&self, digits: &'a str) -> Option<&'a str> {
        let possible = |digits: &str| (self.digits_min..=self.digits_max).contains(&digits.len());
        let stripped = digits.strip_prefix(self.trunk);
        let national = match self.trunk {
            "" => digits,
            // Where 0 is the trunk prefix no national number begins with it.
            "0" => stripped.unwrap_or(digits),
            _ if possible(digits) => digits,
            _ => stripped?,
        };
        let begins_well = self.trunk != "0" || !national.starts_with('0');
        Some(national).filter(|national| possible(national) && begins_well)
    }
}

const fn country(
    iso: &'static str,
    code: &'static str,
    trunk: &'static str,
    digits_min: usize,
    digits_max: usize,
) -> Country {
    Country { iso, code, trunk, digits_min, digits_max }
}

/// The country with this ISO code, in upper or lower case.
pub(super) fn by_iso(iso: &str) -> Option<&'static Country> {
    COUNTRIES.iter().find(|country| country.iso.eq_ignore_ascii_case(iso))
}

/// Splits international digits; of countries that share a code, `preferred` or the first.
pub(super) fn split<'a>(
    digits: &'a str,
    preferred: Option<&'static Country>,
) -> Option<(&'static Country, &'a str)> {
    let found = COUNTRIES.iter().find(|country| digits.starts_with(country.code))?;
    let country = preferred.filter(|country| country.code == found.code).unwrap_or(found);
    Some((country, &digits[country.code.len()..]))
}

/// No calling code begins another, so the order matters only among countries that share one.
const COUNTRIES: &[Country] = &[
    country("CN", "86", "0", 3, 12),
    country("HK", "852", "", 8, 8),
    country("MO", "853", "", 8, 8),
    country("TW", "886", "0", 8, 9),
    country("US", "1", "1", 10, 10),
    country("CA", "1", "1", 10, 10),
    country("PR", "1", "1", 10, 10),
    country("DO", "1", "1", 10, 10),
    country("JM", "1", "1", 10, 10),
    country("RU", "7", "8", 10, 10),
    country("KZ", "7", "8", 10, 10),
    country("GB", "44", "0", 9, 10),
    country("JP", "81", "0", 9, 10),
    country("KR", "82", "0", 8, 10),
    country("SG", "65", "", 8, 8),
    country("MY", "60", "0", 8, 10),
    country("TH", "66", "0", 8, 9),
    country("VN", "84", "0", 9, 10),
    country("ID", "62", "0", 8, 12),
    country("PH", "63", "0", 8, 10),
    country("IN", "91", "0", 10, 10),
    country("PK", "92", "0", 8, 10),
    country("AF", "93", "0", 9, 9),
    country("LK", "94", "0", 9, 9),
    country("MM", "95", "0", 7, 10),
    country("IR", "98", "0", 10, 10),
    country("TR", "90", "0", 10, 10),
    country("AU", "61", "0", 9, 10),
    country("NZ", "64", "0", 8, 10),
    country("DE", "49", "0", 5, 13),
    country("FR", "33", "0", 9, 9),
    country("IT", "39", "", 6, 11),
    country("VA", "39", "", 6, 11),
    country("ES", "34", "", 9, 9),
    country("NL", "31", "0", 9, 9),
    country("BE", "32", "0", 8, 9),
    country("CH", "41", "0", 9, 9),
    country("AT", "43", "0", 4, 13),
    country("SE", "46", "0", 7, 10),
    country("NO", "47", "", 8, 8),
    country("DK", "45", "", 8, 8),
    country("PL", "48", "", 9, 9),
    country("CZ", "420", "", 9, 9),
    country("SK", "421", "0", 9, 9),
    country("HU", "36", "06", 8, 9),
    country("RO", "40", "0", 9, 9),
    country("GR", "30", "", 10, 10),
    country("ZA", "27", "0", 9, 9),
    country("EG", "20", "0", 8, 10),
    country("BR", "55", "0", 10, 11),
    country("MX", "52", "", 10, 10),
    country("AR", "54", "0", 10, 11),
    country("CL", "56", "", 9, 9),
    country("CO", "57", "", 10, 10),
    country("PE", "51", "0", 8, 9),
    country("VE", "58", "0", 10, 10),
    country("CU", "53", "0", 6, 8),
    country("AE", "971", "0", 8, 9),
    country("SA", "966", "0", 9, 9),
    country("IL", "972", "0", 8, 9),
    country("UA", "380", "0", 9, 9),
    country("PT", "351", "", 9, 9),
    country("IE", "353", "0", 7, 9),
    country("FI", "358", "0", 5, 12),
    country("NG", "234", "0", 8, 10),
    country("KE", "254", "0", 9, 9),
    country("BD", "880", "0", 8, 10),
    country("KH", "855", "0", 8, 9),
    country("LA", "856", "0", 8, 10),
    country("KP", "850", "0", 6, 10),
    country("MN", "976", "0", 8, 8),
    country("NP", "977", "0", 8, 10),
    country("SS", "211", "0", 9, 9),
    country("MA", "212", "0", 9, 9),
    country("DZ", "213", "0", 8, 9),
    country("TN", "216", "", 8, 8),
    country("LY", "218", "0", 8, 9),
    country("GM", "220", "", 7, 7),
    country("SN", "221", "", 9, 9),
    country("MR", "222", "", 8, 8),
    country("ML", "223", "", 8, 8),
    country("GN", "224", "", 8, 9),
    country("CI", "225", "", 8, 10),
    country("BF", "226", "", 8, 8),
    country("NE", "227", "", 8, 8),
    country("TG", "228", "", 8, 8),
    country("BJ", "229", "", 8, 10),
    country("MU", "230", "", 7, 8),
    country("LR", "231", "0", 7, 9),
    country("SL", "232", "0", 8, 8),
    country("GH", "233", "0", 9, 9),
    country("TD", "235", "", 8, 8),
    country("CF", "236", "", 8, 8),
    country("CM", "237", "", 8, 9),
    country("CV", "238", "", 7, 7),
    country("ST", "239", "", 7, 7),
    country("GQ", "240", "", 9, 9),
    country("GA", "241", "0", 7, 8),
    country("CG", "242", "", 9, 9),
    country("CD", "243", "0", 7, 9),
    country("AO", "244", "", 9, 9),
    country("GW", "245", "", 7, 9),
    country("IO", "246", "", 7, 7),
    country("AC", "247", "", 4, 6),
    country("SC", "248", "", 7, 7),
    country("SD", "249", "0", 9, 9),
    country("RW", "250", "0", 8, 9),
    country("ET", "251", "0", 9, 9),
    country("SO", "252", "0", 6, 9),
    country("DJ", "253", "", 8, 8),
    country("TZ", "255", "0", 9, 9),
    country("UG", "256", "0", 9, 9),
    country("BI", "257", "", 8, 8),
    country("MZ", "258", "", 8, 9),
    country("ZM", "260", "0", 9, 9),
    country("MG", "261", "0", 9, 9),
    country("RE", "262", "0", 9, 9),
    country("YT", "262", "0", 9, 9),
    country("ZW", "263", "0", 5, 10),
    country("NA", "264", "0", 8, 9),
    country("MW", "265", "0", 7, 9),
    country("LS", "266", "", 8, 8),
    country("BW", "267", "", 7, 8),
    country("SZ", "268", "", 8, 8),
    country("KM", "269", "", 7, 7),
    country("SH", "290", "", 4, 5),
    country("ER", "291", "0", 7, 7),
    country("AW", "297", "", 7, 7),
    country("FO", "298", "", 6, 6),
    country("GL", "299", "", 6, 6),
    country("GI", "350", "", 8, 8),
    country("LU", "352", "", 4, 11),
    country("IS", "354", "", 7, 9),
    country("AL", "355", "0", 6, 9),
    country("MT", "356", "", 8, 8),
    country("CY", "357", "", 8, 8),
    country("BG", "359", "0", 6, 9),
    country("LT", "370", "0", 8, 8),
    country("LV", "371", "", 8, 8),
    country("EE", "372", "", 7, 8),
    country("MD", "373", "0", 8, 8),
    country("AM", "374", "0", 8, 8),
    country("BY", "375", "8", 9, 10),
    country("AD", "376", "", 6, 9),
    country("MC", "377", "0", 8, 9),
    country("SM", "378", "", 6, 10),
    country("RS", "381", "0", 6, 12),
    country("ME", "382", "0", 8, 9),
    country("XK", "383", "0", 8, 9),
    country("HR", "385", "0", 8, 9),
    country("SI", "386", "0", 8, 8),
    country("BA", "387", "0", 8, 9),
    country("MK", "389", "0", 8, 8),
    country("LI", "423", "", 7, 9),
    country("FK", "500", "", 5, 5),
    country("BZ", "501", "", 7, 7),
    country("GT", "502", "", 8, 8),
    country("SV", "503", "", 7, 8),
    country("HN", "504", "", 8, 8),
    country("NI", "505", "", 8, 8),
    country("CR", "506", "", 8, 8),
    country("PA", "507", "", 7, 8),
    country("PM", "508", "0", 6, 9),
    country("HT", "509", "", 8, 8),
    country("GP", "590", "0", 9, 9),
    country("BO", "591", "0", 8, 8),
    country("GY", "592", "", 7, 7),
    country("EC", "593", "0", 8, 9),
    country("GF", "594", "0", 9, 9),
    country("PY", "595", "0", 7, 9),
    country("MQ", "596", "0", 9, 9),
    country("SR", "597", "", 6, 7),
    country("UY", "598", "0", 7, 8),
    country("CW", "599", "", 7, 8),
    country("TL", "670", "", 7, 8),
    country("NF", "672", "", 6, 6),
    country("BN", "673", "", 7, 7),
    country("NR", "674", "", 7, 7),
    country("PG", "675", "", 7, 8),
    country("TO", "676", "", 5, 7),
    country("SB", "677", "", 5, 7),
    country("VU", "678", "", 5, 7),
    country("FJ", "679", "", 7, 7),
    country("PW", "680", "", 7, 7),
    country("WF", "681", "", 6, 6),
    country("CK", "682", "", 5, 5),
    country("NU", "683", "", 4, 7),
    country("WS", "685", "", 5, 7),
    country("KI", "686", "", 5, 8),
    country("NC", "687", "", 6, 6),
    country("TV", "688", "", 5, 7),
    country("PF", "689", "", 6, 8),
    country("TK", "690", "", 4, 7),
    country("FM", "691", "", 7, 7),
    country("MH", "692", "", 7, 7),
    country("001", "800", "", 8, 8),
    country("001", "870", "", 9, 12),
    country("001", "881", "", 8, 12),
    country("001", "882", "", 5, 12),
    country("001", "883", "", 5, 12),
    country("MV", "960", "", 7, 7),
    country("LB", "961", "0", 7, 8),
    country("JO", "962", "0", 8, 9),
    country("SY", "963", "0", 8, 9),
    country("IQ", "964", "0", 8, 10),
    country("KW", "965", "", 7, 8),
    country("YE", "967", "0", 7, 9),
    country("OM", "968", "", 7, 8),
    country("PS", "970", "0", 8, 9),
    country("BH", "973", "", 8, 8),
    country("QA", "974", "", 7, 8),
    country("BT", "975", "", 7, 8),
    country("TJ", "992", "", 9, 9),
    country("TM", "993", "8", 8, 8),
    country("AZ", "994", "0", 9, 9),
    country("GE", "995", "0", 9, 9),
    country("KG", "996", "0", 9, 9),
    country("UZ", "998", "", 9, 9),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_calling_code_begins_another() {
        for left in COUNTRIES {
            for right in COUNTRIES {
                assert!(
                    left.code == right.code || !left.code.starts_with(right.code),
                    "{} {}",
                    left.iso,
                    right.iso
                );
            }
            assert!(left.digits_min <= left.digits_max);
            assert!(left.code.len() + left.digits_max <= 15, "{}", left.iso);
        }
    }
}
