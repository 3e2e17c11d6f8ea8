//! A typical sign-in form in every language that `extension/words.txt` has words of. A language that is added there gets
//! its line here.

use my_apps_sign_in::form::{Clue, Control, Evidence, Form, Refusal, Role, Scenario, Snapshot, Submit, explain, plan, roles};

/// Language, user name, password, and what the buttons say: sign in, sign up, forgotten password.
const LANGUAGES: [[&str; 6]; 44] = [
    ["en", "User name", "Password", "Sign in", "Sign up", "Forgot password?"],
    ["de", "Benutzername", "Passwort", "Anmelden", "Registrieren", "Passwort vergessen?"],
    ["fr", "Nom d'utilisateur", "Mot de passe", "Se connecter", "S'inscrire", "Mot de passe oublié ?"],
    ["es", "Nombre de usuario", "Contraseña", "Iniciar sesión", "Registrarse", "¿Olvidaste tu contraseña?"],
    ["pt-BR", "Nome de usuário", "Senha", "Entrar", "Cadastre-se", "Esqueceu a senha?"],
    ["pt-PT", "Nome de utilizador", "Palavra-passe", "Iniciar sessão", "Criar conta", "Esqueceu-se da palavra-passe?"],
    ["it", "Nome utente", "Password", "Accedi", "Registrati", "Password dimenticata?"],
    ["ca", "Nom d'usuari", "Contrasenya", "Inicia sessió", "Registra't", "Has oblidat la contrasenya?"],
    ["nl", "Gebruikersnaam", "Wachtwoord", "Inloggen", "Registreren", "Wachtwoord vergeten?"],
    ["da", "Brugernavn", "Adgangskode", "Log ind", "Opret konto", "Glemt adgangskode?"],
    ["sv", "Användarnamn", "Lösenord", "Logga in", "Skapa konto", "Glömt lösenordet?"],
    ["nb", "Brukernavn", "Passord", "Logg inn", "Registrer deg", "Glemt passord?"],
    ["is", "Notandanafn", "Lykilorð", "Innskráning", "Nýskráning", "Gleymt lykilorð?"],
    ["fi", "Käyttäjätunnus", "Salasana", "Kirjaudu sisään", "Rekisteröidy", "Unohditko salasanan?"],
    ["et", "Kasutajanimi", "Parool", "Logi sisse", "Registreeru", "Unustasid parooli?"],
    ["lv", "Lietotājvārds", "Parole", "Pieslēgties", "Reģistrēties", "Aizmirsi paroli?"],
    ["lt", "Naudotojo vardas", "Slaptažodis", "Prisijungti", "Registruotis", "Pamiršote slaptažodį?"],
    ["pl", "Nazwa użytkownika", "Hasło", "Zaloguj się", "Zarejestruj się", "Nie pamiętasz hasła?"],
    ["cs", "Uživatelské jméno", "Heslo", "Přihlásit se", "Zaregistrovat se", "Zapomněli jste heslo?"],
    ["sk", "Používateľské meno", "Heslo", "Prihlásiť sa", "Zaregistrovať sa", "Zabudli ste heslo?"],
    ["sl", "Uporabniško ime", "Geslo", "Prijava", "Registracija", "Ste pozabili geslo?"],
    ["hr", "Korisničko ime", "Lozinka", "Prijava", "Registracija", "Zaboravili ste lozinku?"],
    ["sr", "Корисничко име", "Лозинка", "Пријави се", "Региструј се", "Заборавили сте лозинку?"],
    ["bg", "Потребителско име", "Парола", "Вход", "Регистрация", "Забравена парола?"],
    ["ru", "Имя пользователя", "Пароль", "Войти", "Зарегистрироваться", "Забыли пароль?"],
    ["uk", "Ім'я користувача", "Пароль", "Увійти", "Зареєструватися", "Забули пароль?"],
    ["be", "Імя карыстальніка", "Пароль", "Увайсці", "Зарэгістравацца", "Забылі пароль?"],
    ["el", "Όνομα χρήστη", "Κωδικός πρόσβασης", "Σύνδεση", "Εγγραφή", "Ξεχάσατε τον κωδικό;"],
    ["hu", "Felhasználónév", "Jelszó", "Bejelentkezés", "Regisztráció", "Elfelejtett jelszó"],
    ["ro", "Nume de utilizator", "Parolă", "Autentificare", "Înregistrare", "Ai uitat parola?"],
    ["sq", "Emri i përdoruesit", "Fjalëkalimi", "Hyr", "Regjistrohu", "Keni harruar fjalëkalimin?"],
    ["tr", "Kullanıcı adı", "Şifre", "Giriş yap", "Kayıt ol", "Şifremi unuttum"],
    ["id", "Nama pengguna", "Kata sandi", "Masuk", "Daftar", "Lupa kata sandi?"],
    ["ms", "Nama pengguna", "Kata laluan", "Log masuk", "Daftar", "Lupa kata laluan?"],
    ["vi", "Tên đăng nhập", "Mật khẩu", "Đăng nhập", "Đăng ký", "Quên mật khẩu?"],
    ["he", "שם משתמש", "סיסמה", "התחברות", "הרשמה", "שכחת סיסמה?"],
    ["ar", "اسم المستخدم", "كلمة المرور", "تسجيل الدخول", "إنشاء حساب", "نسيت كلمة المرور؟"],
    ["fa", "نام کاربری", "رمز عبور", "ورود", "ثبت نام", "رمز عبور را فراموش کرده‌اید؟"],
    ["hi", "उपयोगकर्ता नाम", "पासवर्ड", "लॉग इन करें", "साइन अप करें", "पासवर्ड भूल गए?"],
    ["th", "ชื่อผู้ใช้", "รหัสผ่าน", "เข้าสู่ระบบ", "สมัครสมาชิก", "ลืมรหัสผ่าน?"],
    ["zh-CN", "用户名", "密码", "登录", "注册", "忘记密码？"],
    ["zh-TW", "使用者名稱", "密碼", "登入", "註冊", "忘記密碼？"],
    ["ja", "ユーザー名", "パスワード", "ログイン", "新規登録", "パスワードをお忘れですか？"],
    ["ko", "사용자 이름", "비밀번호", "로그인", "회원가입", "비밀번호 찾기"],
];

/// The same in other words, as banks, offices and universities of these languages say it.
const ALSO: [[&str; 6]; 7] = [
    ["es", "Número de documento", "Clave", "Accede", "Hazte cliente", "¿No puedes acceder?"],
    ["pt-BR", "Matrícula", "Senha", "Logar", "Primeiro acesso", "Não consegue entrar?"],
    ["it", "Codice titolare", "PIN", "Accedi", "Primo accesso", "Problemi di accesso?"],
    ["cs", "Přihlašovací jméno", "Heslo", "Vstoupit", "Nový účet", "Nemůžete se přihlásit?"],
    ["pl", "Identyfikator", "Hasło", "Logowanie", "Zostań klientem", "Przypomnij hasło"],
    ["uk", "Логін", "ПІН-код", "Ввійти", "Створити профіль", "Нагадати пароль"],
    ["tr", "T.C. Kimlik No", "Şifre", "Giriş", "Hesap aç", "Giriş yapamıyorum"],
];

/// Type of a field, what is said about it, and what it is for: what must not be taken for a user name or a stored password.
const FIELDS: &[(&str, &str, Role)] = &[
    ("password", "Bekræft adgangskode", Role::NewPassword),
    ("password", "Bekreft passord", Role::NewPassword),
    ("password", "Vælg en adgangskode", Role::NewPassword),
    ("password", "Velg passord", Role::NewPassword),
    ("password", "Välj lösenord", Role::NewPassword),
    ("password", "Kies een wachtwoord", Role::NewPassword),
    ("password", "Choisissez un mot de passe", Role::NewPassword),
    ("password", "Luo salasana", Role::NewPassword),
    ("text", "Engangskode", Role::OneTimeCode),
    ("text", "Engångskod", Role::OneTimeCode),
    ("text", "Eenmalige code", Role::OneTimeCode),
    ("text", "Code à usage unique", Role::OneTimeCode),
    ("text", "Kertakäyttökoodi", Role::OneTimeCode),
    ("text", "Firmennummer", Role::Tenant),
    ("text", "Firmenkennung", Role::Tenant),
    ("text", "Mandantenkennung", Role::Tenant),
    ("text", "Unternehmenskennung", Role::Tenant),
    ("text", "Kennung", Role::UserName),
    ("text", "Zugangskennung", Role::UserName),
    ("text", "RZ-Kennung", Role::UserName),
    ("text", "Bedrijfscode", Role::Tenant),
    ("text", "Företagskod", Role::Tenant),
    ("text", "Firmakode", Role::Tenant),
    ("text", "Cégkód", Role::Tenant),
    ("text", "Ettevõtte kood", Role::Tenant),
    ("text", "Uzņēmuma kods", Role::Tenant),
    ("text", "Įmonės kodas", Role::Tenant),
    ("text", "Šifra tvrtke", Role::Tenant),
    ("text", "Šifra podjetja", Role::Tenant),
    ("text", "Kód spoločnosti", Role::Tenant),
    ("text", "Kod syarikat", Role::Tenant),
    ("text", "Mã công ty", Role::Tenant),
    ("text", "รหัสบริษัท", Role::Tenant),
    ("text", "Virksomhed", Role::Tenant),
    ("text", "Företags-ID", Role::Tenant),
    ("text", "Bedriftsnummer", Role::Tenant),
    ("text", "Yrityksen nimi", Role::Tenant),
    ("text", "Telefoonnummer", Role::Phone),
    ("text", "Klantnummer", Role::UserName),
    ("text", "Kundnummer", Role::UserName),
    ("text", "Asiakasnumero", Role::UserName),
    ("text", "Numéro client", Role::UserName),
    ("text", "Código postal", Role::Person),
    ("text", "Ім'я", Role::Person),
    ("text", "Código de un solo uso", Role::OneTimeCode),
    ("text", "Codice monouso", Role::OneTimeCode),
    ("text", "Jednorázový kód", Role::OneTimeCode),
    ("text", "Код підтвердження", Role::OneTimeCode),
    ("text", "Tek kullanımlık kod", Role::OneTimeCode),
    ("text", "Dominio", Role::Tenant),
    ("text", "Компанія", Role::Tenant),
    ("password", "Repite la contraseña", Role::NewPassword),
    ("password", "Potvrzení hesla", Role::NewPassword),
    ("password", "Новий пароль", Role::NewPassword),
    ("checkbox", "Mantenha-me conectado", Role::Remember),
    ("checkbox", "Oturumum açık kalsın", Role::Remember),
    ("password", "One-time password", Role::OneTimeCode),
    ("password", "Engangspassord", Role::OneTimeCode),
    ("password", "动态密码", Role::OneTimeCode),
    // What is something else than a part of it says.
    ("password", "סיסמה (חשוב: 8 תווים)", Role::Password),
    ("text", "וידוא שם משתמש", Role::UserName),
    ("text", "الرمز البريدي", Role::Person),
    ("text", "पता", Role::Person),
    ("text", "תעודת זהות", Role::UserName),
    ("text", "ת.ז.", Role::UserName),
    ("text", "מספר עובד", Role::UserName),
    ("text", "כתובת מייל", Role::Email),
    ("text", "דוא״ל", Role::Email),
    ("text", "טלפון סלולרי", Role::Phone),
    ("text", "קוד חד-פעמי", Role::OneTimeCode),
    ("password", "הקלד סיסמה בשנית", Role::NewPassword),
    ("password", "וידוא סיסמה", Role::NewPassword),
    ("checkbox", "השאר אותי מחובר", Role::Remember),
    ("text", "رقم الهوية", Role::UserName),
    ("text", "الرقم الوظيفي", Role::UserName),
    ("text", "بريدك الإلكتروني", Role::Email),
    ("text", "البريد الإلكتروني", Role::Email),
    ("text", "رقم هاتفك", Role::Phone),
    ("text", "كود التحقق", Role::OneTimeCode),
    ("password", "الرقم السري", Role::Password),
    ("password", "أعد إدخال كلمة المرور", Role::NewPassword),
    ("checkbox", "حفظ بيانات الدخول", Role::Remember),
    ("text", "यूज़रनेम", Role::UserName),
    ("text", "लॉगिन आईडी", Role::UserName),
    ("text", "मोबाइल नंबर", Role::Phone),
    ("text", "ओटीपी दर्ज करें", Role::OneTimeCode),
    ("text", "कैप्चा", Role::Captcha),
    ("text", "कंपनी", Role::Tenant),
    ("password", "नया पासवर्ड", Role::NewPassword),
    ("password", "पासवर्ड दोबारा दर्ज करें", Role::NewPassword),
    ("text", "帐户", Role::UserName),
    ("text", "工号", Role::UserName),
    ("password", "请设置密码", Role::NewPassword),
    ("password", "请再输入一次密码", Role::NewPassword),
    ("checkbox", "十天内免登录", Role::Remember),
    ("text", "統一編號", Role::Tenant),
    ("text", "身分證字號", Role::UserName),
    ("text", "員工編號", Role::UserName),
    ("text", "動態密碼", Role::OneTimeCode),
    ("text", "圖形驗證碼", Role::Captcha),
    ("password", "設定密碼", Role::NewPassword),
    ("password", "舊密碼", Role::Password),
    ("checkbox", "保持登入", Role::Remember),
    ("text", "ユーザーID", Role::UserName),
    ("text", "ユーザ名", Role::UserName),
    ("text", "ログイン ID", Role::UserName),
    ("text", "お客さま番号", Role::UserName),
    ("text", "社員番号", Role::UserName),
    ("text", "企業ID", Role::Tenant),
    ("text", "認証番号", Role::OneTimeCode),
    ("password", "旧パスワード", Role::Password),
    ("checkbox", "次回からIDの入力を省略", Role::Remember),
    ("text", "이용자 ID", Role::UserName),
    ("text", "사번", Role::UserName),
    ("text", "사업자등록번호", Role::Tenant),
    ("text", "회사번호", Role::Tenant),
    ("text", "인증코드", Role::OneTimeCode),
    ("password", "기존 비밀번호", Role::Password),
    ("password", "비밀번호 한번 더 입력", Role::NewPassword),
    ("checkbox", "아이디 저장", Role::Remember),
    ("text", "핸드폰", Role::Phone),
];

/// A button that signs in, and one beside it that does not.
const BUTTONS: [(&str, &str); 4] = [
    ("Log på", "Nulstil adgangskode"),
    ("Logg på", "Tilbakestill passordet"),
    ("Logga in", "Återställ lösenordet"),
    ("Inloggen", "Opnieuw instellen"),
];

/// What stands beside a form for signing in and is not what sends it, though it may speak of signing in: language, words.
const NOT_PRESSED: &[(&str, &str)] = &[
    ("zh-CN", "扫码登录"),
    ("zh-CN", "短信登录"),
    ("zh-CN", "无法登录？"),
    ("ja", "LINEでログイン"),
    ("ja", "Appleでサインイン"),
    ("ja", "パスキーでログイン"),
    ("ja", "ログインできない方"),
    ("ko", "공동인증서 로그인"),
    ("ko", "구글로 로그인"),
    ("ko", "Apple로 로그인"),
    ("ar", "الدخول عبر نفاذ"),
    ("ar", "تسجيل الدخول بحساب جوجل"),
    ("he", "כניסה עם גוגל"),
    ("hi", "बाद में"),
];

/// A form with these controls: tag and type, label, text.
fn form(controls: &[(&str, &str, &str, &str)]) -> Snapshot {
    let controls = controls.iter().map(|&(tag, kind, label, text)| Control {
        tag: tag.to_owned(),
        r#type: kind.to_owned(),
        label: label.to_owned(),
        text: text.to_owned(),
        href: if tag == "a" { "/elsewhere".to_owned() } else { String::new() },
        form: Some(0),
        r#box: 0,
        visible: true,
        width: 120,
        height: 24,
        ..Control::default()
    });
    Snapshot { top: true, forms: vec![Form::default()], boxes: vec![-1], controls: controls.collect(), ..Snapshot::default() }.checked()
}

#[test]
fn a_sign_in_form_is_understood_in_every_language() {
    let mut wrong = Vec::new();
    for [language, user, password, sign_in, sign_up, forgot] in LANGUAGES.into_iter().chain(ALSO) {
        let page = form(&[
            ("input", "text", user, ""),
            ("input", "password", password, ""),
            ("button", "submit", "", sign_in),
            ("a", "", "", sign_up),
            ("a", "", "", forgot),
        ]);
        let read = roles(&page);
        if read.first() != Some(&(Role::UserName, Evidence::Label)) {
            wrong.push(format!("{language}: {user} is {read:?}"));
        }
        if read.get(1) != Some(&(Role::Password, Evidence::Label)) {
            wrong.push(format!("{language}: {password} is {read:?}"));
        }
        let explained = explain(&page);
        for (clue, said) in [(Clue::SignInButton, sign_in), (Clue::SignUpLink, sign_up), (Clue::ForgotLink, forgot)] {
            if !explained.iter().any(|group| group.clues.iter().any(|weighed| weighed.clue == clue)) {
                wrong.push(format!("{language}: {said} is no {clue:?}"));
            }
        }
        let filled: Vec<u32> = plan(&page, None).iter().flat_map(|plan| &plan.fields).map(|field| field.index).collect();
        if filled != [0, 1] {
            wrong.push(format!("{language}: {filled:?} would be filled"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_form_to_register_is_refused_in_every_language() {
    let mut wrong = Vec::new();
    for [language, user, password, sign_in, sign_up, _] in LANGUAGES.into_iter().chain(ALSO) {
        let page = form(&[
            ("input", "text", user, ""),
            ("input", "password", password, ""),
            ("button", "submit", "", sign_up),
            ("a", "", "", sign_in),
        ]);
        let scenarios: Vec<Scenario> = explain(&page).iter().map(|group| group.scenario).collect();
        if plan(&page, None).err() != Some(Refusal::SignUp) || scenarios != [Scenario::SignUp] {
            wrong.push(format!("{language}: {sign_up} makes it {scenarios:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn fields_are_known_by_what_people_read() {
    let mut wrong = Vec::new();
    for &(kind, said, role) in FIELDS {
        let read = roles(&form(&[("input", kind, said, "")]));
        if read != [(role, Evidence::Label)] {
            wrong.push(format!("{said} is {read:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_button_that_signs_in_is_pressed() {
    for (sign_in, other) in BUTTONS {
        let page = form(&[
            ("input", "text", "E-mail", ""),
            ("input", "password", "Password", ""),
            ("button", "submit", "", other),
            ("button", "submit", "", sign_in),
        ]);
        let pressed = plan(&page, None).map(|plan| plan.submit);
        assert!(matches!(pressed, Ok(Submit::Button { index: 3, .. })), "{sign_in}: {pressed:?}");
    }
}

#[test]
fn another_way_in_is_not_what_sends_the_form() {
    let mut wrong = Vec::new();
    for &(language, said) in NOT_PRESSED {
        let page = form(&[
            ("input", "text", "ID", ""),
            ("input", "password", "", ""),
            ("button", "submit", "", said),
            ("button", "submit", "", "OK"),
        ]);
        let pressed = explain(&page).first().and_then(|group| group.button);
        if pressed != Some(3) {
            wrong.push(format!("{language}: of {said} and OK, {pressed:?} is pressed"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_language_is_there_twice() {
    let mut seen: Vec<&str> = LANGUAGES.iter().map(|[language, ..]| *language).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), LANGUAGES.len());
}
