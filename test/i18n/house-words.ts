/** What no sentence says that a person reads. */

/** What we say otherwise, what blames, and what is shouted. */
export const FORBIDDEN =
  /\b(please|sorry|invalid|illegal|forbidden|fail(ed|ure|s)?|errors?|success(ful|fully)?|oops|brows(e|ing)|select\w*|attach\w*|log(ged|ging)? ?(in|out)|authenticat\w+|(pre-?)?process\w*|hash\w*|validat\w+|transmit\w*|sending parts|scan\w*|AV|quarantin\w+|infected|objects?|quota|capacity|storage limit|tokens?|one-time|OTP|URL|revok\w+|(record|request|correlation) id|MIME|(application|image|text|video|audio)\/\w+|[45]\d\d)\b|!|n['’]t\b/i;

/** The same of German and Arabic. */
export const FORBIDDEN_ELSEWHERE =
  /\b(token|server|presign\w*|hash\w*|fehler\w*|fehlgeschlagen|ungültig\w*|bitte|leider nicht möglich|authentifi\w*|quarantäne|kontingent|erfolgreich|browsen|einloggen|ausloggen)\b|!|خطأ|فشل|خادم|من فضلك|يُرجى|رجاء|غير صالح/i;

/** Longer than they look easy, for a reason: words of law or of the trade that people know from elsewhere. */
export const HARD_BUT_NEEDED: readonly RegExp[] = [
  /^Your email address, your answer, and when you downloaded/,
  /^Ask .* for the reference, using a number or address you already had/,
  /^The location in this photo cannot be removed safely/,
  /^We never ask for a password, a payment or a bank detail/,
];

/** Names in braces are put in by the page. */
export const withoutNames = (text: string): string => text.replace(/\{\w+\}/g, '');

export const ENGLISH_IN_GERMAN =
  /\b(the|and|your?|files?|not|with|this|of|it|is|are|upload(ed|ing)|sign|again|choose|try)\b/i;

/** In Latin letters in Arabic too. */
export const CALLED_SO =
  /\b(PDF|ZIP|PNG|HEIC|SHA-256|Word|Windows|iPhone|name@example\.com|JavaScript|UTC|receipt\.json)\b|\.pdf/g;
