//! What the apps are about: a few made-up lines each, so that they look like what they are called.

use crate::site::Site;

/// What stands on an app's first page.
pub(crate) struct Contents {
    pub(crate) heading: &'static str,
    /// For those who are not signed in; empty if they are asked to sign in instead.
    pub(crate) lead: &'static str,
    pub(crate) lines: &'static [(&'static str, &'static str)],
}

/// The app's first page.
pub(crate) fn of(site: Site) -> Contents {
    let (heading, lead, lines): (_, _, &'static [_]) = match site {
        Site::Crm => (
            "Open orders",
            "",
            &[("Fabrikam", "120 desks, due Friday"), ("Northwind", "Renewal of 40 licences"), ("Adatum", "Waiting for an offer")],
        ),
        Site::People => {
            ("Your team", "", &[("Nadia", "On holiday until Monday"), ("Ben", "Joined on the first"), ("Yuki", "In the Kyoto office")])
        }
        Site::Expenses => (
            "Your receipts",
            "",
            &[("Train to Lyon", "64.00, approved"), ("Dinner with Adatum", "81.50, waiting"), ("Taxi", "17.20, paid")],
        ),
        Site::Payroll => {
            ("Payslips", "", &[("October", "Paid on the 28th"), ("September", "Paid on the 27th"), ("August", "Paid on the 28th")])
        }
        Site::Inventory => {
            ("Stock", "", &[("Desks", "34 in Hall B"), ("Chairs", "212, of which 12 returned"), ("Lamps", "None; 80 arrive on Tuesday")])
        }
        Site::Benefits => (
            "Your plans",
            "",
            &[("Health", "Covered since January"), ("Pension", "6 % of your salary"), ("Bicycle", "Leased until the spring")],
        ),
        Site::Orders => (
            "On their way",
            "",
            &[("Paper, 40 boxes", "Arrives on Thursday"), ("Projector", "Waiting for approval"), ("Coffee, 10 kg", "At the reception")],
        ),
        Site::Cairo => {
            ("اجتماعات اليوم", "", &[("فريق المبيعات", "العاشرة صباحا"), ("الموردون", "الواحدة ظهرا"), ("خطة الشهر", "الثالثة عصرا")])
        }
        Site::Suppliers => (
            "Waiting for you",
            "",
            &[("Fabrikam", "New prices from March"), ("Litware", "Asks for a longer term"), ("Tailspin", "Delivers again")],
        ),
        Site::Projects => {
            ("Your projects", "", &[("New office", "Week 12 of 20"), ("Web shop", "In review"), ("Trade fair", "Booked: stand 4.1")])
        }
        Site::Accounts => (
            "One account for many apps",
            "Open an app that uses it, and sign in here on the way: Contoso Projects is one.",
            &[("Contoso Projects", "Uses this account")],
        ),
        Site::Wiki => (
            "How things are done here",
            "A handbook everyone can read: no sign-in needed.",
            &[
                ("New colleagues", "The first week, day by day"),
                ("Meeting rooms", "Booking, and what to do when two of you did"),
                ("Security", "Whom to call, at any hour"),
            ],
        ),
        Site::Travel => (
            "Trains, flights and hotels",
            "This is the launch page. In a real company, single sign-on (SAML) would begin here; this sample ends here.",
            &[],
        ),
        Site::Helpdesk => (
            "Questions and repairs",
            "This is the launch page. In a real company, single sign-on (OpenID Connect) would begin here; this sample ends here.",
            &[],
        ),
        Site::Signup | Site::Newsletter => ("Welcome", "", &[]),
    };
    Contents { heading, lead, lines }
}
