"""What the letters say, in every language they are written in: a subject and a few sentences.

`{link}` is put in where the text has it. Lines are not broken: whoever reads does that.
"""

Words = dict[str, tuple[str, str]]

ENGLISH: Words = {
    "confirm": (
        "Confirm your account",
        "Welcome to Mundi. Follow this link within a day and give the password you chose to open your account:\n\n{link}\n\n"
        "If you did not ask for an account, leave this letter be: none will be made.\n",
    ),
    "known": (
        "You have an account already",
        "Somebody, perhaps you, gave this address to Mundi for an account. There is one already: "
        "sign in at\n\n{link}\n\nor ask there for a new password. "
        "If it was not you, nothing has changed.\n",
    ),
    "reset": (
        "Choose a new password",
        "Follow this link within ten minutes to choose a new password:\n\n{link}\n\n"
        "If you did not ask for this, leave this letter be: your password stays as it is.\n",
    ),
    "email": (
        "Confirm your new address",
        "Follow this link within an hour to make this the address of your account:\n\n{link}\n\n"
        "If you did not ask for this, leave this letter be.\n",
    ),
    "moved": (
        "Your account has another address now",
        "The e-mail address of your Mundi account was changed, and this one counts no more. "
        "If it was not you, write to whoever runs\n\n{link}\n",
    ),
    "password": (
        "Your password was changed",
        "The password of your Mundi account was changed, and every other device was signed out. "
        "If it was not you, ask for a new password at\n\n{link}\n",
    ),
    "gone": (
        "Your account is deleted",
        "Your Mundi account was deleted, as you asked at\n\n{link}\n\nFarewell.\n",
    ),
    "heir": (
        "Somebody left you their universes",
        "Somebody who deleted their Mundi account named you as the heir of their universes. Accept "
        "or decline them at\n\n{link}\n\nWhat you decline, or have not accepted within ninety "
        "days, is deleted.\n",
    ),
}

GERMAN: Words = {
    "confirm": (
        "Bestätige dein Konto",
        "Willkommen bei Mundi. Öffne dein Konto innerhalb eines Tages mit diesem Link und dem Passwort, das du gewählt hast:\n\n{link}\n\n"
        "Wenn du kein Konto wolltest, beachte diesen Brief nicht: Es wird keines angelegt.\n",
    ),
    "known": (
        "Du hast schon ein Konto",
        "Jemand, vielleicht du, hat bei Mundi mit dieser Adresse ein Konto anlegen wollen. Es gibt "
        "schon eines: Melde dich an unter\n\n{link}\n\noder lass dir dort ein neues Passwort "
        "geben. Wenn du es nicht warst: Es hat sich nichts geändert.\n",
    ),
    "reset": (
        "Wähle ein neues Passwort",
        "Mit diesem Link wählst du innerhalb von zehn Minuten ein neues Passwort:\n\n{link}\n\n"
        "Wenn du das nicht wolltest, beachte diesen Brief nicht: Dein Passwort bleibt, wie es "
        "ist.\n",
    ),
    "email": (
        "Bestätige deine neue Adresse",
        "Mit diesem Link wird dies innerhalb einer Stunde die Adresse deines Kontos:\n\n{link}\n\n"
        "Wenn du das nicht wolltest, beachte diesen Brief nicht.\n",
    ),
    "moved": (
        "Dein Konto hat jetzt eine andere Adresse",
        "Die E-Mail-Adresse deines Mundi-Kontos wurde geändert, und diese gilt nicht mehr. Wenn "
        "du es nicht warst, schreibe denen, die diesen Server betreiben:\n\n{link}\n",
    ),
    "password": (
        "Dein Passwort wurde geändert",
        "Das Passwort deines Mundi-Kontos wurde geändert, und alle anderen Geräte wurden "
        "abgemeldet. Wenn du es nicht warst, lass dir ein neues Passwort geben unter\n\n{link}\n",
    ),
    "gone": (
        "Dein Konto ist gelöscht",
        "Dein Mundi-Konto wurde gelöscht, wie du es wolltest, unter\n\n{link}\n\nLeb wohl.\n",
    ),
    "heir": (
        "Jemand hat dir Universen hinterlassen",
        "Jemand hat das eigene Mundi-Konto gelöscht und dir die Universen vermacht. Nimm sie an oder "
        "lehne sie ab unter\n\n{link}\n\nWas du ablehnst oder nicht innerhalb von neunzig Tagen "
        "annimmst, wird gelöscht.\n",
    ),
}

FRENCH: Words = {
    "confirm": (
        "Confirmez votre compte",
        "Bienvenue sur Mundi. Suivez ce lien dans les vingt-quatre heures et indiquez le mot de "
        "passe que vous avez choisi pour ouvrir votre compte :\n\n{link}\n\nSi vous n'avez pas demandé de compte, ne tenez pas compte de cette "
        "lettre : aucun ne sera créé.\n",
    ),
    "known": (
        "Vous avez déjà un compte",
        "Quelqu'un, peut-être vous, a voulu créer un compte Mundi avec cette adresse. Il en existe "
        "déjà un : connectez-vous sur\n\n{link}\n\nou demandez-y un nouveau mot de passe. Si ce "
        "n'était pas vous, rien n'a changé.\n",
    ),
    "reset": (
        "Choisissez un nouveau mot de passe",
        "Suivez ce lien dans les dix minutes pour choisir un nouveau mot de passe :\n\n{link}\n\n"
        "Si vous ne l'avez pas demandé, ne tenez pas compte de cette lettre : votre mot de passe "
        "reste le même.\n",
    ),
    "email": (
        "Confirmez votre nouvelle adresse",
        "Suivez ce lien dans l'heure pour faire de cette adresse celle de votre compte :\n\n{link}"
        "\n\nSi vous ne l'avez pas demandé, ne tenez pas compte de cette lettre.\n",
    ),
    "moved": (
        "Votre compte a maintenant une autre adresse",
        "L'adresse électronique de votre compte Mundi a été changée, et celle-ci n'est plus "
        "valable. Si ce n'était pas vous, écrivez aux responsables de\n\n{link}\n",
    ),
    "password": (
        "Votre mot de passe a été changé",
        "Le mot de passe de votre compte Mundi a été changé, et tous les autres appareils ont été "
        "déconnectés. Si ce n'était pas vous, demandez un nouveau mot de passe sur\n\n{link}\n",
    ),
    "gone": (
        "Votre compte est supprimé",
        "Votre compte Mundi a été supprimé, comme vous l'avez demandé sur\n\n{link}\n\nAdieu.\n",
    ),
    "heir": (
        "Quelqu'un vous a légué ses univers",
        "Quelqu'un a supprimé son compte Mundi et vous a légué ses univers. Acceptez-les ou "
        "refusez-les sur\n\n{link}\n\nCe que vous refusez, ou n'acceptez pas dans les "
        "quatre-vingt-dix jours, sera supprimé.\n",
    ),
}

SPANISH: Words = {
    "confirm": (
        "Confirma tu cuenta",
        "Te damos la bienvenida a Mundi. Sigue este enlace antes de un día y escribe la contraseña que elegiste para abrir tu cuenta:"
        "\n\n{link}\n\nSi no has pedido una cuenta, no hagas caso de esta carta: no se creará "
        "ninguna.\n",
    ),
    "known": (
        "Ya tienes una cuenta",
        "Alguien, quizá tú, ha querido abrir una cuenta de Mundi con esta dirección. Ya existe "
        "una: inicia sesión en\n\n{link}\n\no pide allí una contraseña nueva. Si no has sido tú, "
        "no ha cambiado nada.\n",
    ),
    "reset": (
        "Elige una contraseña nueva",
        "Sigue este enlace antes de diez minutos para elegir una contraseña nueva:\n\n{link}\n\n"
        "Si no lo has pedido, no hagas caso de esta carta: tu contraseña sigue siendo la misma.\n",
    ),
    "email": (
        "Confirma tu nueva dirección",
        "Sigue este enlace antes de una hora para que esta sea la dirección de tu cuenta:\n\n"
        "{link}\n\nSi no lo has pedido, no hagas caso de esta carta.\n",
    ),
    "moved": (
        "Tu cuenta tiene ahora otra dirección",
        "La dirección de correo de tu cuenta de Mundi ha cambiado, y esta ya no vale. Si no has "
        "sido tú, escribe a quienes llevan\n\n{link}\n",
    ),
    "password": (
        "Tu contraseña ha cambiado",
        "La contraseña de tu cuenta de Mundi ha cambiado y se ha cerrado la sesión en todos los "
        "demás dispositivos. Si no has sido tú, pide una contraseña nueva en\n\n{link}\n",
    ),
    "gone": (
        "Tu cuenta se ha eliminado",
        "Tu cuenta de Mundi se ha eliminado, como pediste en\n\n{link}\n\nAdiós.\n",
    ),
    "heir": (
        "Alguien te ha dejado sus universos",
        "Alguien ha eliminado su cuenta de Mundi y te ha dejado sus universos. Acéptalos o recházalos "
        "en\n\n{link}\n\nLo que rechaces, o no aceptes en noventa días, se eliminará.\n",
    ),
}

ITALIAN: Words = {
    "confirm": (
        "Conferma il tuo account",
        "Ti diamo il benvenuto su Mundi. Segui questo link entro un giorno e inserisci la password che hai scelto per aprire "
        "il tuo account:\n\n{link}\n\nSe non hai chiesto un account, ignora questa lettera: non ne verrà "
        "creato nessuno.\n",
    ),
    "known": (
        "Hai già un account",
        "Qualcuno, forse tu, ha voluto aprire un account Mundi con questo indirizzo. Ne esiste già "
        "uno: accedi su\n\n{link}\n\no chiedi lì una nuova password. Se non sei stato tu, non è "
        "cambiato nulla.\n",
    ),
    "reset": (
        "Scegli una nuova password",
        "Segui questo link entro dieci minuti per scegliere una nuova password:\n\n{link}\n\n"
        "Se non l'hai chiesto, ignora questa lettera: la tua password resta com'è.\n",
    ),
    "email": (
        "Conferma il tuo nuovo indirizzo",
        "Segui questo link entro un'ora per fare di questo l'indirizzo del tuo account:\n\n{link}"
        "\n\nSe non l'hai chiesto, ignora questa lettera.\n",
    ),
    "moved": (
        "Il tuo account ha ora un altro indirizzo",
        "L'indirizzo e-mail del tuo account Mundi è stato cambiato e questo non vale più. Se non "
        "sei stato tu, scrivi a chi gestisce\n\n{link}\n",
    ),
    "password": (
        "La tua password è stata cambiata",
        "La password del tuo account Mundi è stata cambiata e tutti gli altri dispositivi sono "
        "stati disconnessi. Se non sei stato tu, chiedi una nuova password su\n\n{link}\n",
    ),
    "gone": (
        "Il tuo account è stato eliminato",
        "Il tuo account Mundi è stato eliminato, come hai chiesto su\n\n{link}\n\nAddio.\n",
    ),
    "heir": (
        "Qualcuno ti ha lasciato i suoi universi",
        "Qualcuno ha eliminato il proprio account Mundi e ti ha lasciato i suoi universi. Accettali o "
        "rifiutali su\n\n{link}\n\nCiò che rifiuti, o non accetti entro novanta giorni, verrà "
        "eliminato.\n",
    ),
}

DUTCH: Words = {
    "confirm": (
        "Bevestig je account",
        "Welkom bij Mundi. Volg deze link binnen een dag en geef het wachtwoord dat je hebt gekozen om je account te openen:\n\n{link}\n\n"
        "Heb je niet om een account gevraagd, negeer deze brief dan: er wordt er geen gemaakt.\n",
    ),
    "known": (
        "Je hebt al een account",
        "Iemand, misschien jij, wilde met dit adres een account bij Mundi maken. Er is er al een: "
        "log in op\n\n{link}\n\nof vraag daar een nieuw wachtwoord aan. Was jij het niet, dan is "
        "er niets veranderd.\n",
    ),
    "reset": (
        "Kies een nieuw wachtwoord",
        "Volg deze link binnen tien minuten om een nieuw wachtwoord te kiezen:\n\n{link}\n\n"
        "Heb je hier niet om gevraagd, negeer deze brief dan: je wachtwoord blijft zoals het is.\n",
    ),
    "email": (
        "Bevestig je nieuwe adres",
        "Volg deze link binnen een uur om dit het adres van je account te maken:\n\n{link}\n\n"
        "Heb je hier niet om gevraagd, negeer deze brief dan.\n",
    ),
    "moved": (
        "Je account heeft nu een ander adres",
        "Het e-mailadres van je Mundi-account is gewijzigd, en dit adres geldt niet meer. Was jij "
        "het niet, schrijf dan aan de beheerders van\n\n{link}\n",
    ),
    "password": (
        "Je wachtwoord is gewijzigd",
        "Het wachtwoord van je Mundi-account is gewijzigd en alle andere apparaten zijn uitgelogd. "
        "Was jij het niet, vraag dan een nieuw wachtwoord aan op\n\n{link}\n",
    ),
    "gone": (
        "Je account is verwijderd",
        "Je Mundi-account is verwijderd, zoals je vroeg op\n\n{link}\n\nHet ga je goed.\n",
    ),
    "heir": (
        "Iemand heeft je universums nagelaten",
        "Iemand heeft het eigen Mundi-account verwijderd en de universums aan jou nagelaten. Aanvaard "
        "of weiger ze op\n\n{link}\n\nWat je weigert, of niet binnen negentig dagen aanvaardt, "
        "wordt verwijderd.\n",
    ),
}

DEFAULT = "en"
LETTERS: dict[str, Words] = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
}


def language_of(*tags: str) -> str:
    """Return the language to write in to somebody who wants one of these (BCP 47), or English."""
    wanted = (tag.partition("-")[0].lower() for tag in tags)
    return next((primary for primary in wanted if primary in LETTERS), DEFAULT)
