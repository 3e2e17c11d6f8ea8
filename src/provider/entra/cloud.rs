//! Microsoft's clouds: which portal belongs to which sign-in and which Graph. Hosts from Microsoft's documentation of national
//! clouds; nothing here is ever learned from an answer.

use crate::portal_url::PortalUrl;

/// One of the clouds that Microsoft keeps apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Cloud {
    /// Hosts under which people know the portal.
    portals: &'static [&'static str],
    /// Where people sign in.
    pub login: &'static str,
    /// Where Microsoft Graph is; ends in `/`.
    pub graph: &'static str,
    /// What the id of an app is put behind to launch it.
    pub launcher: &'static str,
}

const CLOUDS: [Cloud; 3] = [
    Cloud {
        portals: &["myapps.microsoft.com", "myapplications.microsoft.com"],
        login: "https://login.microsoftonline.com/",
        graph: "https://graph.microsoft.com/",
        launcher: "https://launcher.myapps.microsoft.com/api/signin/",
    },
    // Of the two others only the older launch link is known.
    Cloud {
        portals: &["myapps.microsoft.us", "myapplications.microsoft.us"],
        login: "https://login.microsoftonline.us/",
        graph: "https://graph.microsoft.us/",
        launcher: "https://myapps.microsoft.us/signin/",
    },
    Cloud {
        portals: &["myapps.windowsazure.cn", "myapplications.azure.cn"],
        login: "https://login.partner.microsoftonline.cn/",
        graph: "https://microsoftgraph.chinacloudapi.cn/",
        launcher: "https://myapps.windowsazure.cn/signin/",
    },
];

/// Hosts of apps' logos, cloud by cloud: those that Microsoft's lists of addresses to let through have for its pictures, and that
/// apps' logos are seen under. The manifest lets a page draw from these and no others. They stand apart from the clouds because
/// only the worker, which reads the list, needs them.
const LOGOS: [[&str; 3]; 3] = [
    ["aadcdn.msftauthimages.net", "aadcdn.msauthimages.net", "secure.aadcdn.microsoftonline-p.com"],
    ["aadcdn.msftauthimages.us", "aadcdn.msauthimages.us", "secure.aadcdn.microsoftonline-p.com"],
    ["aadcdn.msftauthimages.cn", "aadcdn.msauthimages.cn", "secure.aadcdn.partner.microsoftonline-p.cn"],
];

/// The most letters of a logo's address; the usual one has 200.
const LONGEST_LOGO: usize = 512;

/// Whether this is the address of an app's logo, at the cloud whose Graph said so.
pub(super) fn is_logo(graph: &str, url: &str) -> bool {
    let hosts = CLOUDS.iter().zip(LOGOS).find(|(cloud, _)| cloud.graph == graph).map(|(_, hosts)| hosts);
    // Nothing before the first slash but the host: no user, no port.
    let host = url.strip_prefix("https://").and_then(|rest| rest.split_once(['/'])).map(|(host, _)| host);
    let is_known = hosts.zip(host).is_some_and(|(hosts, host)| hosts.contains(&host));
    is_known && url.len() <= LONGEST_LOGO && url.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Cloud {
    /// The cloud of a portal, if it is one of Microsoft's.
    pub fn of(portal: &PortalUrl) -> Option<&'static Cloud> {
        let host = portal.as_str().strip_prefix("https://")?.split(['/']).next()?;
        CLOUDS.iter().find(|cloud| cloud.portals.contains(&host))
    }
}

/// The directory that a portal's address names, `https://myapps.microsoft.com/contoso.com`: a verified domain or the id.
pub fn tenant(portal: &PortalUrl) -> Option<&str> {
    let (_, path) = portal.as_str().strip_prefix("https://")?.split_once(['/'])?;
    is_tenant(path).then_some(path)
}

/// Whether this can be the name or the id of a directory.
pub fn is_tenant(text: &str) -> bool {
    // What begins with a dot would be another path.
    text.len() <= 253
        && text.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// Whether a directory is named by its id, as Microsoft writes ids.
pub(super) fn is_id(tenant: &str) -> bool {
    tenant.len() == 36 && !tenant.contains(['.'])
}
