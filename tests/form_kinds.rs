//! Pages in a line each: those of the identity providers that people meet daily, first and second steps and what stands between, and
//! what looks like them. A line says whose page it is, what is done, and what stands in it. What is done: which fields are filled
//! and what is pressed, `asked` if a person is asked first, or why nothing is.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

mod common;

use common::refusal_words;
use my_apps_sign_in::form::{Control, Doubt, Form, Heading, Snapshot, Submit, plan};

const PROVIDERS: &str = r#"
Google: one-time code :: Sign in - Google Accounts | 2-Step Verification | - x:button "anna@firm.test"; - input:tel [totpPin] "Enter code"; - input:checkbox "Don't ask again on this device"; - button:button "Next"; - button:button "Try another way"
Google: choose an account :: Sign in - Google Accounts | Choose an account | - x:button "anna@firm.test"; - x:button "Use another account"
Google: change password :: Google Accounts | Change password for anna | - input:password [Passwd] @new-password "Create password"; - input:password [ConfirmPasswd] "Confirm"; - button:button "Next"
Google: one-time code :: Google Konten | Bestätigung in zwei Schritten | - input:tel [totpPin] "Code eingeben"; - button:button "Weiter"
Google: choose an account :: Comptes Google | Sélectionnez un compte | - x:button "anna@firm.test"
Google: username, Next :: Sign in - Google Accounts | Sign in | - input:email [identifier] @username "Email or phone"; - input:password [hiddenPassword] hidden; - button:button "Forgot email?"; - button:button "Next"; - button:button "Create account"
Google: password, Next :: Google Accounts | Welcome | - x:button "anna@firm.test"; - input:email [identifier] hidden filled; - input:password [Passwd] @current-password "Enter your password"; - input:checkbox "Show password"; - button:button "Next"; - button:button "Forgot password?"
Google: password, Next :: Google Accounts | Welcome | 0 x:button "anna@firm.test"; 0 input:password [Passwd] @current-password "Enter your password"; 0 input:checkbox "Show password"; - button:button "Next"; - button:button "Try another way"
Google: password, Weiter :: Google Konten | Willkommen | - x:button "anna@firm.test"; - input:password [Passwd] @current-password "Passwort eingeben"; - input:checkbox "Passwort anzeigen"; - button:button "Weiter"; - button:button "Passwort vergessen?"
Google: password, 次へ :: Google アカウント | ようこそ | - x:button "anna@firm.test"; - input:password [Passwd] @current-password "パスワードを入力"; - input:checkbox "パスワードを表示する"; - button:button "次へ"; - button:button "パスワードをお忘れの場合"
Google: password, Suivant :: Comptes Google | Bienvenue | - x:button "anna@firm.test"; - input:password [Passwd] @current-password "Saisissez votre mot de passe"; - input:checkbox "Afficher le mot de passe"; - button:button "Suivant"; - button:button "Essayer une autre méthode"
Microsoft: one-time code :: Sign in to your account | Enter code | 0 button:button "Back"; 0 input:tel [otc] "Code"; 0 input:checkbox "Don't ask again for 90 days"; 0 input:submit [idSubmit_SAOTCC_Continue] "Verify"; 0 a: "Having trouble? Sign in another way"
Microsoft: one-time code :: Bei Ihrem Konto anmelden | Code eingeben | 0 input:tel [otc] "Code"; 0 input:submit "Überprüfen"
Microsoft: no form :: Sign in to your account | Stay signed in? | 0 input:checkbox [DontShowAgain] "Don't show this again"; 0 input:button "No"; 0 input:submit [idSIButton9] "Yes"
Microsoft: choose an account :: Sign in to your account | Pick an account | - x:button "anna@firm.test"; - x:button "Use another account"
Microsoft: change password :: Sign in to your account | Update your password | 0 input:password [currentPasswd] "Current password"; 0 input:password [newPasswd] "New password"; 0 input:password [confirmNewPasswd] "Confirm password"; 0 input:submit "Sign in"
Microsoft: no form :: Bei Ihrem Konto anmelden | Angemeldet bleiben? | 0 input:checkbox "Diese Meldung nicht mehr anzeigen"; 0 input:button "Nein"; 0 input:submit "Ja"
Microsoft: one-time code :: アカウントにサインイン | コードの入力 | 0 input:tel [otc] "コード"; 0 input:submit "検証"
Microsoft: choose an account :: Bei Ihrem Konto anmelden | Konto auswählen | - x:button "anna@firm.test"; - x:button "Anderes Konto verwenden"
Microsoft: username, Next :: Sign in to your account | Sign in | 0 input:email [loginfmt] @username "Enter your email, phone, or Skype."; 0 input:password [passwd] hidden; 0 a: "Create one!"; 0 a: "Can't access your account?"; 0 input:submit [idSIButton9] "Next"; - x:button "Sign-in options"; - a: "Terms of use"; - a: "Privacy & cookies"
Microsoft: password, Sign in :: Sign in to your account | Enter password | 0 button:button "Back"; 0 input:email [loginfmt] hidden filled; 0 input:password [passwd] @current-password "Enter the password for anna@firm.test"; 0 a: "Forgot my password"; 0 input:submit [idSIButton9] "Sign in"; - a: "Terms of use"; - a: "Privacy & cookies"
Microsoft: password, Sign in :: Sign in to your account | Enter password | 0 button:button "Back"; 0 input:password [passwd] @off "Enter the password for anna@firm.test"; 0 a: "Forgot my password"; 0 a: "Use an app instead"; 0 input:submit [idSIButton9] "Sign in"
Microsoft: password, Anmelden :: Bei Ihrem Konto anmelden | Kennwort eingeben | 0 button:button "Zurück"; 0 input:password [passwd] @current-password "Geben Sie das Kennwort für anna@firm.test ein"; 0 a: "Kennwort vergessen"; 0 input:submit [idSIButton9] "Anmelden"
Microsoft: password, Zaloguj :: Zaloguj się do swojego konta | Wprowadź hasło | 0 button:button "Wstecz"; 0 input:password [passwd] @current-password "Wprowadź hasło użytkownika anna@firm.test"; 0 a: "Nie pamiętam hasła"; 0 input:submit [idSIButton9] "Zaloguj"
Microsoft: password, サインイン :: アカウントにサインイン | パスワードの入力 | 0 button:button "戻る"; 0 input:password [passwd] @current-password "anna@firm.test のパスワードを入力してください"; 0 a: "パスワードを忘れた場合"; 0 input:submit [idSIButton9] "サインイン"
Microsoft: username, Suivant :: Se connecter à votre compte | Se connecter | 0 input:email [loginfmt] @username "Entrez votre e-mail, téléphone ou identifiant Skype."; 0 input:password [passwd] hidden; 0 a: "Créez-en un !"; 0 input:submit "Suivant"
Auth0: one-time code :: App | Verify Your Identity | 0 input:text [code] "Enter your one-time code"; 0 input:checkbox "Remember this device for 30 days"; 0 button:submit "Continue"; - a: "Try another method"
Auth0: change password :: App | Change Your Password | 0 input:password [password-reset] @new-password "New password"; 0 input:password "Re-enter new password"; 0 button:submit "Reset password"
Auth0: username, Continue :: Log in | App | Welcome | 0 input:text [username] @username "Email address"; 0 button:submit [action] "Continue"; - a: "Sign up"; 1 button:submit "Continue with Google"
Auth0: password, Continue :: Enter your password | Enter Your Password | 0 input:text [username] read-only filled "anna@firm.test"; 0 a: "Edit"; 0 input:password [password] @current-password "Password"; 0 button:button "Show password"; 0 a: "Forgot password?"; 0 button:submit [action] "Continue"; - a: "Sign up"
Auth0: password, Continue :: App | Enter Your Password | 0 input:text [username] read-only filled "Email address"; 0 a: "Edit"; 0 input:password [password] "Password"; 0 button:submit [action] "Continue"
Auth0: password, Weiter :: App | Geben Sie Ihr Passwort ein | 0 input:text [username] read-only filled "E-Mail-Adresse"; 0 a: "Bearbeiten"; 0 input:password [password] @current-password "Passwort"; 0 button:submit [action] "Weiter"
Keycloak: one-time code :: Sign in to Firm | anna | - a: "Restart login"; 0 input:text [otp] @one-time-code "One-time code"; 0 button:submit [login] "Sign In"
Keycloak: change password :: Sign in to Firm | Update password | 0 input:password [password-new] @new-password "New Password"; 0 input:password [password-confirm] @new-password "Confirm password"; 0 input:checkbox [logout-sessions] "Sign out from other devices"; 0 button:submit "Submit"
Keycloak: username password, Sign In :: Sign in to Firm | Sign in to your account | 0 input:text [username] @username "Username or email"; 0 input:password [password] @current-password "Password"; 0 button:button "Show password"; 0 input:checkbox [rememberMe] "Remember me"; 0 a: "Forgot Password?"; 0 button:submit [login] "Sign In"; - a: "Register"
Keycloak: username, Sign In :: Sign in to Firm | Sign in to your account | 0 input:text [username] @username "Username or email"; 0 input:checkbox [rememberMe] "Remember me"; 0 button:submit [login] "Sign In"; - a: "Register"
Keycloak: password, Sign In :: Sign in to Firm | anna | - a: "Restart login"; 0 input:password [password] @current-password "Password"; 0 button:button "Show password"; 0 a: "Forgot Password?"; 0 button:submit [login] "Sign In"
Keycloak: password, Anmelden :: Bei Firm anmelden | anna | - a: "Neustart der Anmeldung"; 0 input:password [password] "Passwort"; 0 button:submit [login] "Anmelden"
Okta: one-time code :: Firm - Sign In | Enter a code | 0 input:text [credentials.passcode] @one-time-code "Enter code"; 0 input:submit "Verify"; 0 a: "Back to sign in"
Okta: one-time code :: Firm - Sign In | Verify with Google Authenticator | 0 input:text [credentials.passcode] "Enter code"; 0 input:submit "Verify"; 0 a: "Back to sign in"
Okta: change password :: Firm - Sign In | Set up password | 0 input:password [credentials.passcode] @new-password "Enter password"; 0 input:password [confirmPassword] @new-password "Re-enter password"; 0 input:submit "Next"; 0 a: "Back to sign in"
Okta: username, Next :: Firm - Sign In | Sign In | 0 input:text [identifier] @username "Username"; 0 input:checkbox [rememberMe] "Keep me signed in"; 0 input:submit "Next"; 0 a: "Unlock account?"; 0 a: "Help"
Okta: password, Verify :: Firm - Sign In | Verify with your password | 0 input:password [credentials.passcode] @current-password "Password"; 0 input:submit "Verify"; 0 a: "Forgot password?"; 0 a: "Verify with something else"; 0 a: "Back to sign in"
Okta: asked: password, Verify :: Firm - Sign In | Verify with your password | 0 input:password [credentials.passcode] @off "Password"; 0 input:submit "Verify"; 0 a: "Back to sign in"
Okta: password, Verifizieren :: Firm - Anmelden | Mit Ihrem Passwort verifizieren | 0 input:password [credentials.passcode] @current-password "Passwort"; 0 input:submit "Verifizieren"; 0 a: "Passwort vergessen?"; 0 a: "Zurück zur Anmeldung"
Okta: username password, Sign in :: Firm - Sign In | Sign in to Firm | 0 input:text [identifier] "Username"; 0 input:password [credentials.passcode] "Password"; 0 input:checkbox "Keep me signed in"; 0 input:submit "Sign in"; 0 a: "Forgot password?"
Okta: asked: password, Vérifier :: Firm - Se connecter | Vérifier avec votre mot de passe | 0 input:password [credentials.passcode] "Mot de passe"; 0 input:submit "Vérifier"; 0 a: "Retour à la connexion"
Okta: asked: password, Verifica :: Firm - Accedi | Verifica con la password | 0 input:password [credentials.passcode] "Password"; 0 input:submit "Verifica"; 0 a: "Torna ad Accedi"
Ping: one-time code :: PingID | Authentication | 0 input:text [otp] "Passcode"; 0 button:submit "Sign On"
Ping: username password, Sign On :: Sign On | Sign On | 0 input:text [pf.username] "Username"; 0 input:password [pf.pass] "Password"; 0 a:page [signOnButton] "Sign On"; 0 a: "Trouble Signing On?"
Ping: username, Next :: Sign On | Sign On | 0 input:text [subject] "Username"; 0 button:submit "Next"
Ping: password, Sign On :: Sign On | Welcome Back | 0 input:password [pf.pass] "Password"; 0 button:submit "Sign On"; 0 a: "Not you?"; 0 a: "Forgot Password"
OneLogin: username, Continue :: OneLogin | Log into Firm | 0 input:text [username] "Username or Email"; 0 input:checkbox "Remember me"; 0 button:submit "Continue"
OneLogin: password, Continue :: OneLogin | Log into Firm | 0 input:password [password] "Password"; 0 button:submit "Continue"; 0 a: "Forgot Password"; 0 a: "Cancel"
OneLogin: password, Continue :: OneLogin | Firm | 0 input:password [password] "Password"; 0 button:submit "Continue"; 0 a: "Cancel"
Duo: no form :: Duo Security | Enter your passcode | 0 input:tel [passcode-input] "Passcode"; 0 button:submit "Verify"; 0 a: "Other options"
Duo: username, Next :: Single Sign-On | Single Sign-On | 0 input:email [email] "Email Address"; 0 button:submit "Next"
Duo: password, Log in :: Single Sign-On | Single Sign-On | - a: "Edit"; 0 input:password [password] "Password"; 0 button:submit "Log in"; 0 a: "Forgot password?"
ADFS: change password :: Update Password | Update Password | 0 input:text [UserName] "someone@example.com"; 0 input:password [OldPassword] "Old password"; 0 input:password [NewPassword] "New password"; 0 input:password [ConfirmNewPassword] "Confirm new password"; 0 x:button "Submit"; 0 x:button "Cancel"
ADFS: username password, Sign in :: Sign In | Sign in with your organizational account | 0 input:email [UserName] "someone@example.com"; 0 input:password [Password] "Password"; 0 x:button "Sign in"
ADFS: password, Sign in :: Sign In | Enter your password | 0 input:password [Password] "Password"; 0 x:button "Back"; 0 x:button "Sign in"
Shibboleth: no form :: Web Login Service | Information Release | 0 input:radio "Ask me again at next login"; 0 input:submit "Reject"; 0 input:submit "Accept"
Shibboleth: username password, Login :: Web Login Service | Login to Library | 0 input:text [j_username] "Username"; 0 input:password [j_password] "Password"; 0 input:checkbox [donotcache] "Don't Remember Login"; 0 input:checkbox [_shib_idp_revokeConsent] "Clear prior granting of permission for release of your information to this service."; 0 button:submit [_eventId_proceed] "Login"; 0 a: "Forgot your password?"
"#;

const OTHERS: &str = r#"
New password: change password :: Firm | Set your password | 0 input:password "Password"; 0 button:submit "Continue"
New password: change password :: Firm | Choose a password | 0 input:password "Password"; 0 button:submit "Confirm"
New password: change password :: Firm | Enter a new password | 0 input:password "Password"; 0 button:submit "Continue"
New password: change password :: Reset password | Firm | 0 input:password "Password"; 0 button:submit "Confirm"; 0 a: "Back to login"
New password: change password :: Firma | Passwort erstellen | 0 input:password "Passwort"; 0 button:submit "Weiter"
New password: change password :: Firma | Nové heslo | 0 input:password "Heslo"; 0 button:submit "Potvrdit"
New password: change password :: Empresa | Crie uma senha | 0 input:password "Senha"; 0 button:submit "Continuar"
New password: change password :: Azienda | Crea una password | 0 input:password "Password"; 0 button:submit "Continua"
New password: change password :: Фирма | Придумайте пароль | 0 input:password "Пароль"; 0 button:submit "Продолжить"
New password: change password :: 会社 | パスワードの設定 | 0 input:password "パスワード"; 0 button:submit "次へ"
New password: change password :: Settings | Settings | 0 input:password "Current password"; 0 button:button "Show"; 0 input:text "New password"; 0 button:submit "Save"
Invitation: change password :: Welcome | Set up your account | 0 input:password "Password"; 0 button:submit "Continue"
Sign-up: sign-up :: Firm | Start your free trial | 0 input:email "Work e-mail"; 0 input:password "Password"; 0 button:submit "Start"
Sign-up: sign-up :: Firma | Jetzt kostenlos testen | 0 input:email "E-Mail"; 0 input:password "Passwort"; 0 button:submit "Kostenlos testen"; 0 a: "Bereits registriert? Anmelden"
Sign-up: sign-up :: Företag | Skapa konto | 0 input:email "E-post"; 0 input:password "Lösenord"; 0 button:submit "Fortsätt"
Checkout: sign-up :: Checkout | Checkout | 0 input:email "E-mail"; 0 input:checkbox "Create an account"; 0 input:password "Password"; 0 button:submit "Continue"
Checkout: sign-up :: Kasse | Kasse | 0 input:email "E-Mail"; 0 input:checkbox "Kundenkonto anlegen"; 0 input:password "Passwort"; 0 button:submit "Weiter"
Checkout: no form :: Checkout | Contact | 0 input:email "E-mail"; 0 input:checkbox "Email me with news and offers"; 0 button:submit "Continue to shipping"
Checkout: username password, Log in :: Shop | Log in | 0 input:radio "Create an account"; 0 input:radio "I have a password"; 0 input:email "E-mail"; 0 input:password "Password"; 0 button:submit "Log in"
Code: one-time code :: Firm | Enter the code | 0 input:password [code] "6-digit code"; 0 button:submit "Verify"
Code: one-time code :: Firma | Freigabe | 0 input:password "photoTAN"; 0 button:submit "Bestätigen"
Code: one-time code :: Firma | Introduce el código | 0 input:tel "Código"; 0 button:submit "Siguiente"
Code: one-time code :: Фирма | Введите код | 0 input:tel "Код"; 0 button:submit "Далее"
Code: one-time code :: 公司 | 输入代码 | 0 input:tel "代码"; 0 button:submit "下一步"
Code: one-time code :: Firma | Introduceți codul | 0 input:tel "Cod"; 0 button:submit "Continuă"
Code: one-time code :: Ettevõte | Sisesta kood | 0 input:tel "Kood"; 0 button:submit "Edasi"
Code: one-time code :: شركة | أدخل الرمز | 0 input:tel "الرمز"; 0 button:submit "التالي"
Code: username, Next :: Firm | Sign in | 0 input:text "User code"; 0 button:submit "Next"
Code: username password, Sign in :: Firm | Sign in | 0 input:text "Employee code"; 0 input:password "Password"; 0 button:submit "Sign in"
Code: username password, Accedi :: Azienda | Accedi | 0 input:text "Codice"; 0 input:password "Password"; 0 button:submit "Accedi"
Code: password, Se connecter :: Banque | Connexion | 0 input:password "Code d'accès"; 0 button:submit "Se connecter"
Company: no form :: Firma | Anmelden | 0 input:text "Firmenkennung"; 0 button:submit "Weiter"
Company: username password, Anmelden :: Firma | Anmelden | 0 input:text "Mandantenkennung"; 0 input:text "Personalnummer"; 0 input:password "Passwort"; 0 button:submit "Anmelden"
Once more: asked: password, Confirm :: Firm | Confirm your password to continue | 0 input:password "Password"; 0 button:submit "Confirm"
Once more: asked: password, Bestätigen :: Firma | Passwort bestätigen | 0 input:password "Passwort"; 0 button:submit "Bestätigen"
Once more: asked: password, Confirmer :: Firme | Confirmez votre mot de passe | 0 input:password "Mot de passe"; 0 button:submit "Confirmer"
Lock: asked: password, Unlock :: Vault | Vault is locked | 0 input:password "Master password"; 0 button:submit "Unlock"
Lock: asked: password, Entsperren :: Firma | Gesperrt | 0 input:password "Passwort"; 0 button:submit "Entsperren"
Lock: asked: password, Разблокировать :: Фирма | Заблокировано | 0 input:password "Пароль"; 0 button:submit "Разблокировать"
Bank: username password, Anmelden :: Bank | Anmelden | 0 input:text "Kartennummer"; 0 input:password "PIN"; 0 button:submit "Anmelden"
Bank: asked: username password, Check balance :: Shop | Gift card | 0 input:text "Card number"; 0 input:password "PIN"; 0 button:submit "Check balance"
Newsletter: username, Weiter :: Firma | Anmelden | 0 input:email "E-Mail"; 0 button:submit "Weiter"; 1 input:email "E-Mail-Adresse"; 1 button:submit "Newsletter abonnieren"
Newsletter: username password, Sign in :: Firm | Sign in | 1 input:email "Your e-mail"; 1 button:submit "Subscribe to our newsletter"; 0 input:email "E-mail"; 0 input:password "Password"; 0 button:submit "Sign in"
Captcha: username password, Connexion :: Firme | Connexion | 0 input:text "Identifiant"; 0 input:password "Mot de passe"; 0 input:text "Recopiez les caractères"; 0 button:submit "Connexion"
Dialog: username password, Log in :: Firm | Welcome back | 0 input:email covered "E-mail"; 0 input:password covered "Password"; 0 button:submit "Sign up"; 1 input:email "E-mail"; 1 input:password "Password"; 1 button:submit "Log in"
"#;

/// `form tag:type [name] @autocomplete "what is said about it"`, and flags: `hidden`, `covered`, `read-only`, `filled`.
fn control(line: &str) -> Control {
    let (head, said) = line.split_once('"').map_or((line, ""), |(head, said)| (head, said.trim_end_matches('"')));
    let mut words = head.split_whitespace();
    let form = words.next().and_then(|word| word.parse().ok());
    let (tag, kind) = words.next().and_then(|word| word.split_once(':')).unwrap();
    let flags: Vec<&str> = words.collect();
    let pressed = !matches!(tag, "input" | "select") || matches!(kind, "submit" | "button");
    let hidden = flags.contains(&"hidden");
    Control {
        tag: tag.into(),
        r#type: kind.into(),
        form,
        r#box: 0,
        name: flags.iter().find_map(|flag| flag.strip_prefix('[')).unwrap_or_default().trim_end_matches(']').into(),
        autocomplete: flags.iter().find_map(|flag| flag.strip_prefix('@')).unwrap_or_default().into(),
        label: if pressed { String::new() } else { said.into() },
        text: if pressed { said.into() } else { String::new() },
        href: if tag != "a" {
            ""
        } else if kind == "page" {
            "page"
        } else {
            "/somewhere"
        }
        .into(),
        visible: !hidden,
        covered: flags.contains(&"covered"),
        read_only: flags.contains(&"read-only"),
        filled: flags.contains(&"filled"),
        width: if hidden { 0 } else { 100 },
        height: if hidden { 0 } else { 20 },
        ..Control::default()
    }
}

/// Title, heading and controls, parted by ` | `; the controls by `; `.
fn page(line: &str) -> Snapshot {
    let (head, controls) = line.rsplit_once(" | ").unwrap();
    let (title, heading) = head.rsplit_once(" | ").unwrap();
    Snapshot {
        title: title.into(),
        top: true,
        forms: vec![Form::default(); 3],
        boxes: vec![-1],
        headings: vec![Heading { text: heading.into(), level: 1, r#box: 0, at: 0 }],
        controls: controls.split("; ").map(control).collect(),
        ..Snapshot::default()
    }
    .checked()
}

/// The fields, then what is pressed; `asked` where a person is asked first, or why nothing is filled.
fn told(snapshot: &Snapshot) -> String {
    let plan = match plan(snapshot, None) {
        Ok(plan) => plan,
        Err(refusal) => return refusal_words(refusal).into(),
    };
    let fields: Vec<&str> = plan.fields.iter().map(|field| field.value.as_str()).collect();
    let pressed = match plan.submit {
        Submit::Button { index, .. } => snapshot.control(index).unwrap().text.clone(),
        Submit::Request => "request".into(),
        Submit::Enter => "enter".into(),
    };
    let asked = match plan.doubt {
        None => "",
        Some(Doubt::SeveralForms) => "several: ",
        Some(_) => "asked: ",
    };
    format!("{asked}{}, {pressed}", fields.join(" "))
}

#[test]
fn the_pages_that_people_meet_daily_are_known() {
    let mut wrong = Vec::new();
    for line in PROVIDERS.lines().chain(OTHERS.lines()).filter(|line| !line.is_empty()) {
        let (case, controls) = line.split_once(" :: ").unwrap();
        let (_, expected) = case.split_once(": ").unwrap();
        let found = told(&page(controls));
        if found != expected {
            wrong.push(format!("{found}, where expected: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
