//! The vocabulary: what people and programmers call the things of a sign-in page, in many languages.
//!
//! To add a language, add its words to the lists, separated by commas, in plain spelling: lower case, no accents
//! (`é` is `e`, `ł` is `l`, `ё` is `е`, Greek without tonos, Arabic without hamza). A word is found anywhere in a text,
//! also inside of longer words; `^word` only where a word begins; `=word` only as a whole word. Short words of Latin
//! letters need `^` or `=`. The test `the_vocabulary_is_in_plain_spelling` checks the spelling.

/// A meaning that a text can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Concept {
    /// The name of an account.
    User,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password.
    Password,
    /// New, as in new password.
    New,
    /// Once more, as in repeat the password.
    Again,
    /// Current or old, as in current password.
    Current,
    /// To sign in.
    SignIn,
    /// To open an account.
    SignUp,
    /// A forgotten password or user name.
    Forgot,
    /// To reset or change a password.
    Reset,
    /// To stay signed in.
    Remember,
    /// A code that works once.
    Code,
    /// A proof of being a person.
    Captcha,
    /// To search or filter.
    Search,
    /// Company, domain, tenant.
    Tenant,
    /// To go on to the next step.
    Next,
    /// To send, without saying what.
    Send,
    /// A newsletter.
    Newsletter,
    /// A person's name, birthday, address.
    Person,
    /// Terms, privacy, consent.
    Terms,
    /// Another service to sign in with.
    Social,
    /// To cancel, go back or close.
    Cancel,
    /// To show or hide a password.
    Show,
    /// To sign out.
    SignOut,
    /// The reader has an account already, so this is for those who have none.
    HasAccount,
    /// The reader has no account yet, so this is for those who have one.
    NoAccount,
    /// Rules for a new password.
    Rules,
    /// Payment, delivery, basket.
    Payment,
    /// A comment, message or review.
    Message,
    /// A question that only the owner can answer, or a hint for it.
    Secret,
}

/// Every concept with its words.
pub const CONCEPTS: &[(Concept, &str)] = &[
    (
        Concept::User,
        "username,user name,userid,user id,^user,usuario,usuari,utilisateur,utilizador,utente,benutzer,anwender,gebruiker,
        uzytkownik,uzivatel,pouzivatel,korisni,uporabni,felhasznalo,utilizator,potrebitel,brukernavn,brugernavn,
        anvandarnamn,kayttaja,kasutaja,lietotaj,naudotoj,kullanici,pengguna,nama pengguna,
        loginname,login name,loginid,login id,^login,=uid,=usr,^usr,=uname,^nick,=handle,
        identifiant,identifier,identificador,identificativo,kennung,nutzer,anmeldename,kundennummer,customer number,
        account name,account number,account id,accountname,member id,memberid,member number,membership number,=member,
        customer id,kontonummer,^account,=acct,=alias,screen name,screenname,=dni,=cpf,=nif,=rut,
        пользовател,логин,имя пользователя,користувач,потребител,корисник,карыстальнік,
        ονομα χρηστη,χρηστη,משתמש,שם משתמש,المستخدم,نام کاربری,کاربر,उपयोगकर्ता,ชื่อผู้ใช้,ten dang nhap,tai khoan,
        用户名,用戶名,用户,账号,帐号,賬號,帳號,账户,帳戶,使用者,会员名,ユーザー,ユーザid,ログインid,会員id,会員番号,アカウント,お客様番号,아이디,사용자,계정",
    ),
    (
        Concept::Email,
        "email,e mail,=mail,^mail,correo,courriel,=mel,posta,e post,epost,sahkoposti,meilaadress,=eposta,emelu,
        почт,имейл,пошт,мейл,ηλεκτρονικ,אימייל,דוא,בדואר,البريد,ایمیل,पता,ईमेल,อีเมล,
        邮箱,郵箱,邮件,電子郵件,电子邮件,信箱,メール,이메일,메일",
    ),
    (
        Concept::Phone,
        "^phone,telefon,telephone,^mobile,=tel,=cell,^handy,^celular,^movil,=gsm,msisdn,phonenumber,puhelin,
        телефон,мобил,τηλεφων,טלפון,נייד,الهاتف,الجوال,تلفن,موبایل,โทรศัพท์,dien thoai,手机,手機,电话,電話,携帯,휴대폰,전화",
    ),
    (
        Concept::Password,
        "password,passwd,^passw,=pwd,^pwd,=pass,^pass word,userpass,=psw,^passphrase,=pswd,=passcode,
        passwort,kennwort,mot de passe,motdepasse,=mdp,contrasena,contrasenya,=clave,^clave,senha,palavra passe,
        wachtwoord,^haslo,heslo,lozink,zaporka,geslo,jelszo,^parol,adgangskode,passord,losenord,^salasana,=slaptazodis,slaptazod,
        sifre,^parola,kata sandi,katasandi,=sandi,lykilord,fjalekalim,fjalekal,mat khau,^pin,=nip,
        парол,лозинк,קוד סודי,סיסמ,κωδικ,συνθηματικ,كلمة المرور,كلمة السر,رمز عبور,گذرواژه,کلمه عبور,पासवर्ड,รหัสผ่าน,
        密码,密碼,口令,パスワード,暗証番号,비밀번호,패스워드,암호",
    ),
    (
        Concept::New,
        "=new,^newpass,^newpwd,^choose,=create,=neu,=neues,=neuen,=nouveau,=nueva,=nuevo,=nuova,=nova,=novo,=nieuw,=nowe,=nove,=nytt,=ny,=uj,=yeni,=baru,=uusi,=uus,=noua,
        новый,новая,нове,нова,חדשה,جديدة,جدید,νεοσ,新密码,新密碼,新しい,新規,새 비밀번호,설정할",
    ),
    (
        Concept::Again,
        "confirm,=again,repeat,retype,re type,re enter,reenter,^verify,verifypass,=password2,=passwd2,=pass2,=pwd2,password 2,=repeat,=rpt,^repassw,repass,=bis,
        bestatig,wiederhol,erneut,nochmal,repet,confirm,^conferma,ripet,herhaal,bevestig,powtorz,potwierdz,znovu,potvrd,ponovi,ponov,ujra,megerosit,
        gentag,gjenta,bekraft,upprepa,vahvist,toista,uudelleen,korda,atkartot,pakartot,tekrar,dogrula,ulangi,konfirmasi,nhap lai,xac nhan,
        повтор,подтверд,еще раз,підтверд,потвърд,επιβεβαι,επαναλη,אימות,שנית,שוב,تاكيد,تکرار,تایید,पुष्टि,ยืนยัน,
        确认,確認,重复,再次,再入力,もう一度,재입력,확인",
    ),
    (
        Concept::Current,
        "=current,^current,^oldpass,=old,=existing,aktuell,=altes,bisherig,actuel,=ancien,=actual,attuale,vecchia,huidig,obecne,=stare,=atual,
        nuvarande,nuvaerende,nykyinen,mevcut,=eski,stavajici,soucasne,текущ,старый,поточн,τρεχον,נוכחי,הישנה,الحالية,فعلی,当前,原密码,旧密码,現在の,現在,현재",
    ),
    (
        Concept::SignIn,
        "=login,^login,loginform,loginbutton,btnlogin,userlogin,memberlogin,log in,=logon,^logon,log on,sign in,signin,sign on,signon,logging in,signing in,=enter,
        anmeld,einlogg,=einloggen,connexion,connecter,connectez,se connecter,identifiez,s identifier,iniciar sesion,inicio de sesion,inicia sesion,iniciar sessao,=acceder,=acceso,^ingresar,=ingreso,=entrar,=entra,=acessar,=accedi,
        =accesso,inloggen,aanmelden,=inlog,zaloguj,logowanie,=loguj,prihlas,=prihlasit,prijava,prijavi,belepes,bejelentkez,autentific,conectare,^conecta,=intra,вход,
        logg inn,logga in,log ind,=kirjaudu,^kirjaud,sisselogimine,logi sisse,=pieslegties,pieslegt,ielogo,prisijung,giris,oturum ac,=masuk,innskraning,hyr,dang nhap,
        войти,=вход,входа,авториз,увійти,вхід,влез,пријав,συνδεση,εισοδοσ,συνδεθ,התחבר,כניסה,היכנס,تسجيل الدخول,دخول,ورود,लॉग इन,साइन इन,เข้าสู่ระบบ,ลงชื่อเข้าใช้,ล็อกอิน,
        登录,登入,登陆,登陸,ログイン,サインイン,ログオン,로그인",
    ),
    (
        Concept::SignUp,
        "sign up,signup,register,registr,=enroll,^enrol,=join,^join now,joinform,create account,create an account,create my account,create your account,create profile,createaccount,
        new account,newaccount,new user,newuser,get started,open an account,opening an account,start free,free trial,become a member,new customer,new member,
        =reg,regist,konto erstellen,konto anlegen,konto eroffnen,neues konto,=neukunde,inscri,creer un compte,creer mon compte,creation de compte,nouveau client,nouveau compte,
        crear cuenta,crear una cuenta,crea una cuenta,crea tu cuenta,nueva cuenta,cadastr,criar conta,criar uma conta,=iscriviti,iscriz,crea account,crea un account,
        account aanmaken,maak een account,zarejestruj,rejestr,zaloz konto,utworz konto,vytvorit ucet,zalozit ucet,regisz,creeaza cont,cont nou,=inregistrare,inregistr,
        opret,skapa konto,bli medlem,opprett,luo tili,rekisteroi,liitu,uye ol,kayit ol,hesap olustur,=kaydol,^daftar,mendaftar,buat akun,dang ky,tao tai khoan,stofna,
        зарегистрир,регистр,создать аккаунт,создать учет,реєстр,зареєстр,създай,εγγραφ,δημιουργια λογαριασμου,הרשמ,הירשם,צור חשבון,انشاء حساب,التسجيل,تسجيل جديد,ثبت نام,ایجاد حساب,
        साइन अप,पंजीकरण,สมัคร,ลงทะเบียน,注册,註冊,创建账户,创建帐户,新規登録,会員登録,新規会員,登録する,アカウント作成,アカウントを作成,회원가입,가입",
    ),
    (
        Concept::Forgot,
        "forgot,forget,lost password,lostpassword,lost your password,lostpw,lost pw,cant log,can t log,can t sign,can t access,trouble signing,trouble logging,need help signing,retrieve password,recover password,passwordrecovery,password recovery,recover your,password help,password assistance,forgotten,password reminder,
        vergess,oublie,olvid,olvidaste,esquec,esqueci,dimentica,vergeten,kwijt,zapomn,nie pamietasz,zapomen,zabudn,zaborav,elfelejt,uitat,ai uitat,
        glemt,glomt,unohdi,unohtu,unustas,aizmirs,pamirs,unuttu,unuttum,lupa password,lupa kata,lupa sandi,gleymt,quen mat khau,recuperar,^recuper,
        забыл,не могу войти,восстанов,забул,забрав,ξεχασ,υπενθυμ,שכחת,שכחתי,نسيت,فراموش,भूल,ลืม,忘记,忘記,找回,忘れ,찾기,잊으",
    ),
    (
        Concept::Reset,
        "reset,change password,changepassword,change your password,change my password,update password,updatepassword,set password,set a password,set new,setpassword,new password,newpassword,new pass,forgotpass,recovery,
        zurucksetzen,passwort andern,kennwort andern,neues passwort,reinitialis,changer le mot,changer mon mot,nouveau mot de passe,restablecer,cambiar contrasena,cambiar la contrasena,nueva contrasena,
        redefinir,alterar senha,nova senha,reimposta,cambia password,nuova password,wachtwoord wijzigen,herstel,nieuw wachtwoord,zmien haslo,zmiana hasla,nowe haslo,resetuj,zmena hesla,zmenit heslo,nove heslo,
        uj jelszo,jelszo modos,schimba parola,parola noua,skift adgangskode,andra losenord,byt losenord,bytt passord,vaihda salasana,sifre degis,sifremi degis,sifre sifirla,sifre yenile,yeni sifre,ubah password,ganti password,ubah kata,
        сменить пароль,смена пароля,изменить пароль,новый пароль,сброс,αλλαγη κωδικου,איפוס,שינוי סיסמ,סיסמה חדשה,اعادة تعيين,تغيير كلمة,تغییر رمز,بازیابی,重置,修改密码,更改密码,新密码,変更,再設定,リセット,변경,재설정",
    ),
    (
        Concept::Remember,
        "remember,rememberme,keep me,stay signed,stay logged,keepme,staysigned,persistent,trust this,=persist,
        merken,angemeldet bleiben,eingeloggt bleiben,souvenir,rester connect,recordar,recuerda,recordarme,mantener,lembrar,manter conect,continuar conect,ricorda,onthoud,aangemeld blijven,ingelogd blijven,
        zapamietaj,pamietaj,zapamat,zustat prihl,upamti,zapamti,emlekez,jegyezz,tine ma minte,pastreaza,husk mig,husk meg,kom ihag,muista,jata meelde,atceret,prisiminti,beni hatirla,hatirla,ingat saya,ghi nho,muna mig,
        запомн,запам,remember me,θυμησ,να με θυμ,זכור,זכרו,تذكر,مرا به خاطر,याद रख,จดจำ,จำฉัน,记住,記住,自动登录,保持登录,記憶,保持,자동 로그인,로그인 상태,기억",
    ),
    (
        Concept::Code,
        "one time,onetime,=otp,^otp,=totp,=2fa,=mfa,two factor,twofactor,two step,verification code,verificationcode,verifycode,security code,auth code,authcode,authentication code,access code sent,passcode sent,authenticator,token code,=token,sms code,confirmation code,activation code,
        einmal,bestatigungscode,sicherheitscode,code de verification,code de securite,codigo de verificacion,codigo de seguridad,codigo de verifica,codice di verifica,verificatiecode,kod weryfik,kod sms,overovaci kod,dogrulama kodu,kode verifikasi,ma xac,
        код подтверждения,код из sms,код из смс,одноразов,κωδικοσ επαλη,קוד אימות,رمز التحقق,کد تایید,验证码,驗證碼,校验码,動態密碼,动态,確認コード,認証コード,ワンタイム,인증번호,인증 코드",
    ),
    (
        Concept::Captcha,
        "captcha,recaptcha,hcaptcha,turnstile,human check,not a robot,^robot,security image,image code,imagecode,verify code,verifycode,checkcode,characters shown,characters in the image,text in the image,^antispam,
        sicherheitsabfrage,captcha code,=vcode,validatecode,randcode,codigo de la imagen,символы,код с картинки,图形,認証画像,画像認証,그림 문자,자동입력",
    ),
    (
        Concept::Search,
        "search,^suche,suchen,suchbegriff,recherche,rechercher,buscar,busca,pesquis,cerca,ricerca,zoek,szukaj,wyszukaj,hledat,vyhled,trazi,keres,cauta,=sog,soeg,^sok,^hae,=haku,otsi,meklet,paieska,=ara,^arama,=cari,pencarian,=query,=keyword,^keywords,=q,=filter,tim kiem,leita,
        поиск,искать,найти,пошук,търс,αναζητ,חיפוש,חפש,البحث,بحث,جستجو,खोज,ค้นหา,搜索,搜尋,查询,検索,검색",
    ),
    (
        Concept::Tenant,
        "company,=tenant,^tenant,domain,organi,=org,workspace,subdomain,=firm,=firma,mandant,unternehmen,=mandator,entreprise,societe,empresa,azienda,bedrijf,=firme,yritys,=sirket,=kurum,perusahaan,=branch,=site,client id,clientid,client code,=client,customer code,partner code,=company,=database,=realm,institution,
        компани,организац,εταιρ,חברה,الشركة,شرکت,企业,公司,会社,법인,회사",
    ),
    (
        Concept::Next,
        "=next,^next,btnnext,continue,=weiter,fortfahren,suivant,continuer,siguiente,continuar,=seguinte,proximo,avancar,=avanti,continua,prosegui,volgende,doorgaan,=dalej,kontynuuj,pokracov,=dalsi,=dalje,nastavi,tovabb,=inainte,naeste,fortsaet,=neste,=nasta,fortsatt,fortsett,seuraava,jatka,=edasi,=jatka,turpinat,testi,=ileri,devam,lanjut,berikut,tiep tuc,=afram,
        далее,продолжить,=далі,продовжити,напред,επομενο,συνεχεια,המשך,=הבא,التالي,متابعة,ادامه,बाद,आगे,ถัดไป,ดำเนินการต่อ,下一步,继续,繼續,次へ,続ける,続行,다음,계속",
    ),
    (
        Concept::Send,
        "submit,=ok,=okay,=go,=send,=done,absenden,=senden,=los,valider,validez,envoyer,=enviar,=aceptar,=confirmar,=invia,=conferma,verzend,verstuur,wyslij,=wyslac,odeslat,poslat,potvrdi,kuld,trimite,=skicka,=laheta,saada,gonder,=tamam,kirim,=gui,отправ,=ок,надіслати,изпрати,υποβολ,אישור,שלח,ارسال,تایید,भेज,ส่ง,ตกลง,提交,确定,確定,送信,확인,제출",
    ),
    (
        Concept::Newsletter,
        "newsletter,subscri,mailing list,mailinglist,mailchimp,=mce,mc embed,rundbrief,abonnier,abonnez,s abonner,suscrib,suscripcion,boletin,novidades,iscriviti alla,nieuwsbrief,odber,hirlevel,nyhedsbrev,nyhetsbrev,uutiskirje,bulten,berlangganan,get updates,stay up to date,stay in touch,waitlist,notify me,special offers,exclusive offers,
        подпис,рассыл,розсилк,бюлетин,ניוזלטר,נשרה,النشرة,خبرنامه,订阅,メルマガ,購読,뉴스레터,구독",
    ),
    (
        Concept::Person,
        "first name,firstname,last name,lastname,surname,full name,fullname,^fname,^lname,given name,family name,middle name,=real name,your name,display name,date of birth,birth,=dob,=gender,=sex,zip code,zipcode,=zip,postal,postcode,=city,=state,=country,^address,street,=age,nationality,salutation,job title,=first,=last,
        vorname,nachname,geburt,anrede,strasse,=plz,=ort,prenom,=nom,nom de famille,naissance,code postal,=ville,=adresse,nombre,apellido,nacimiento,=direccion,=ciudad,=nome,sobrenome,nascimento,=cidade,cognome,nascita,=indirizzo,=citta,voornaam,achternaam,geboorte,
        =imie,nazwisko,=jmeno,prijmeni,narozen,=meno,priezvisko,=ime,prezime,keresztnev,vezeteknev,szuletes,prenume,=nume,nasterii,fornavn,efternavn,etternavn,fornamn,efternamn,etunimi,sukunimi,eesnimi,perekonnanimi,vards,uzvards,vardas,pavarde,=adi,soyad,dogum,nama depan,nama belakang,nama lengkap,tanggal lahir,ho ten,ngay sinh,
        =имя,фамилия,отчество,рождения,=город,=адрес,прізвище,=фио,ονομα επωνυμο,=ονομα,επωνυμ,שם פרטי,שם משפחה,تاريخ الميلاد,الاسم,=نام,نام خانوادگی,पहला नाम,ชื่อจริง,นามสกุล,姓名,=姓,生日,出生,氏名,お名前,名前,生年月日,住所,郵便番号,이름,생년월일,주소,성별",
    ),
    (
        Concept::Terms,
        "terms,privacy policy,i agree,i accept,agree to,agreement,=tos,=gdpr,consent,nutzungsbeding,=agb,datenschutz,einverstanden,akzeptiere,conditions,j accepte,cgu,=rgpd,terminos,acepto,condiciones,politica de privacidad,termos,aceito,concordo,termini,accetto,voorwaarden,akkoord,regulamin,akceptuje,wyrazam zgode,podminky,souhlas,uvjete,felteteleket,elfogad,=termeni,sunt de acord,vilkar,villkor,kayttoehdot,hyvaksyn,tingimus,noteikum,taisykl,sozlesme,kabul,syarat,ketentuan,dieu khoan,
        условия,соглас,принимаю,погоджуюсь,приемам,οροι,ορουσ,αποδεχομαι,תנאי,מסכים,الشروط,اوافق,قوانین,नियम,ข้อตกลง,เงื่อนไข,协议,協議,条款,同意,規約,약관,동의",
    ),
    (
        Concept::Social,
        "google,facebook,=fb,twitter,linkedin,github,gitlab,=apple,apple id,microsoft,office 365,azure,=yahoo,instagram,=vk,vkontakte,yandex,odnoklassniki,=okta,openid,=saml,=sso,single sign,singlesign,passkey,webauthn,security key,fingerprint,=qr,qr code,wechat,weixin,=qq,weibo,alipay,=kakao,naver,=line,amazon,paypal,=steam,discord,=slack,=orcid,shibboleth,magic link,email link,one time link,bankid,certificate,zertifikat,certificado,smart card,=mitid,госуслуг,微信,微博,支付宝,카카오,네이버,social",
    ),
    (
        Concept::Cancel,
        "cancel,=back,=close,^dismiss,=clear,=reset,=no,abbrech,=zuruck,schliess,loschen,annul,=retour,=fermer,effacer,=volver,=atras,cerrar,=voltar,fechar,limpar,=indietro,chiudi,=terug,sluit,anuluj,=wstecz,zamknij,zrusit,=zpet,odustani,=natrag,=megse,=vissza,=inapoi,afbryd,=luk,avbryt,=lukk,tillbaka,stang,peruuta,takaisin,=sulje,tuhista,iptal,=geri,kapat,batal,kembali,=huy,
        отмена,назад,закрыть,скасувати,отказ,ακυρω,πισω,ביטול,חזור,סגור,الغاء,رجوع,اغلاق,انصراف,بازگشت,بستن,रद्द,वापस,ยกเลิก,กลับ,取消,返回,关闭,清除,キャンセル,戻る,閉じる,クリア,취소,닫기,뒤로",
    ),
    (
        Concept::Show,
        "=show,=hide,show password,hide password,toggle,showpass,=reveal,visibility,=eye,=view,anzeigen,verbergen,=afficher,=masquer,=mostrar,=ocultar,=mostra,=nascondi,=tonen,=toon,=weergeven,pokaz,=ukryj,zobrazit,prikaz,=megjelenit,=afiseaza,=vis,=visa,nayta,goster,tampilkan,lihat,=hien,показать,скрыть,показати,покажи,εμφανιση,הצג,اظهار,نمایش,दिखा,แสดง,显示,顯示,表示,보기,caps lock,keyboard,tastatur,clavier,teclado",
    ),
    (
        Concept::SignOut,
        "log out,logout,sign out,signout,logoff,log off,signoff,abmelden,ausloggen,deconnex,deconnect,cerrar sesion,=sair,=esci,uitloggen,afmelden,wyloguj,odhlas,odjav,kijelentkez,deconecta,logg ut,logga ut,log ud,kirjaudu ulos,logi valja,cikis,keluar,dang xuat,выйти,=выход,вийти,=изход,αποσυνδεση,התנתק,تسجيل الخروج,خروج,लॉग आउट,ออกจากระบบ,退出,登出,ログアウト,로그아웃",
    ),
    (
        Concept::HasAccount,
        "already have,already a member,already registered,already signed up,have an account,existing account,already a user,already on,existing customer sign,
        bereits ein konto,bereits registriert,schon registriert,bereits kunde,schon ein konto,deja un compte,deja inscrit,deja client,deja membre,ya tienes,ya tengo,ya estas registrado,ja tem,ja possui,ja e cadastrado,hai gia,sei gia,gia registrato,al een account,heb je al,heeft u al,masz juz konto,posiadasz juz,mate jiz,uz mate,jiz mate,vec imate,mar van fiok,van mar fiok,ai deja,aveti deja,har du allerede,har du redan,har allerede,onko sinulla jo,zaten uye,hesabiniz var,sudah punya,sudah memiliki,da co tai khoan,
        уже есть аккаунт,уже зарегистр,есть аккаунт,вже є,вже зареєстр,εχετε ηδη,יש לך חשבון,כבר יש,لديك حساب,حساب دارید,ثبت نام کرده,มีบัญชี,已有账号,已有帐号,已有账户,已有帐户,すでに,お持ちの方,이미",
    ),
    (
        Concept::NoAccount,
        "don t have an account,dont have an account,no account,need an account,not a member,not registered,new here,new to,new customer,new user,not yet,no login,first time,not a user,not a customer,
        noch kein,neu bei,noch nicht,kein konto,pas encore,pas de compte,nouveau sur,no tienes,aun no,todavia no,eres nuevo,nao tem,ainda nao,novo por,non hai,non sei,nuovo cliente,nog geen,geen account,nie masz,nemate,jeste nemate,nemam,nincs meg,nincs fiok,nu ai cont,nu aveti,har du ikke,har du inte,ikke medlem,inte medlem,ei tili,eiko sinulla,hesabin yok,hesabiniz yok,uye degil,belum punya,belum memiliki,chua co tai khoan,
        нет аккаунта,еще не,немає,нямате,δεν εχετε,אין לך,ليس لديك,ليس لدي,حساب ندارید,ยังไม่มี,没有账号,还没有,沒有帳號,お持ちでない,はじめて,初めて,계정이 없,아직",
    ),
    (
        Concept::Rules,
        "characters long,at least 6,at least 8,at least one,minimum 6,minimum 8,min 6,min 8,characters minimum,or more characters,8 characters,6 characters,must contain,must be at least,must include,uppercase,upper case,lowercase,strength,password must,=weak,=strong,
        mindestens,zeichen lang,sicherheitsstufe,au moins,caracteres minimum,al menos,minimo,pelo menos,almeno,minimaal,ten minste,co najmniej,minimum znak,alespon,minimalne,najmanj,najmanje,legalabb,cel putin,mindst,minst,vahintaan,vahemalt,vismaz,en az,minimal,toi thieu,
        не менее,минимум,не менш,поне,τουλαχιστον,לפחות,على الاقل,علي الاقل,حداقل,कम से कम,อย่างน้อย,至少,位以上,文字以上,半角,英数,자 이상,영문",
    ),
    (
        Concept::Payment,
        "card number,cardnumber,credit card,creditcard,=cvv,=cvc,=iban,expiry,billing,shipping,delivery,checkout,coupon,promo code,gift card,kreditkarte,=bestellen,lieferung,livraison,paiement,tarjeta,pagamento,kartennummer,betaling,platnos,оплат,доставк,信用卡,クレジット,카드번호",
    ),
    (
        Concept::Message,
        "^message,=comment,^comments,=subject,feedback,^review,nachricht,kommentar,=betreff,commentaire,mensaje,mensagem,messaggio,bericht,wiadomosc,zprava,uzenet,mesaj,meddelande,besked,viesti,pesan,сообщен,комментар,μηνυμα,הודעה,رسالة,پیام,留言,评论,コメント,お問い合わせ,문의",
    ),
    (
        Concept::Secret,
        "secret question,security question,secret answer,securityanswer,=answer,sicherheitsfrage,question secrete,pregunta,pergunta,domanda,geheime,секретный вопрос,контрольный,密保,秘密の質問,보안 질문,=hint,=pin code,=ssn,social security",
    ),
];
