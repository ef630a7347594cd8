// What a transcript says of its own, in the visitor's language, and when things were said, in his time zone.

export interface TranscriptWords {
  /** `{0}`: the conversation's number; `{1}`: the inbox's name. */
  title: string;
  visitor: string;
  attachment: string;
  answer: string;
  /** `{0}`: of five. */
  rating: string;
  isCut: string;
  deleted: string;
  askEmail: string;
}

const english: TranscriptWords = {
  title: "Conversation {0} with {1}",
  visitor: "Visitor",
  attachment: "Attachment",
  answer: "Answer",
  rating: "Rating: {0} of 5",
  isCut: "Earlier messages are left out.",
  deleted: "This message was deleted",
  askEmail: "Nobody is here right now. Where may we send our answer?",
};

const words: Readonly<Record<string, TranscriptWords>> = {
  ar: {
    title: "المحادثة {0} مع {1}",
    visitor: "الزائر",
    attachment: "مرفق",
    answer: "الإجابة",
    rating: "التقييم: {0} من 5",
    isCut: "الرسائل الأقدم غير مدرجة.",
    deleted: "حُذفت هذه الرسالة",
    askEmail: "لا أحد هنا الآن. إلى أين نرسل جوابنا؟",
  },
  de: {
    title: "Unterhaltung {0} mit {1}",
    visitor: "Besucher",
    attachment: "Anhang",
    answer: "Antwort",
    rating: "Bewertung: {0} von 5",
    isCut: "Ältere Nachrichten sind nicht enthalten.",
    deleted: "Diese Nachricht wurde gelöscht",
    askEmail: "Gerade ist niemand da. Wohin dürfen wir unsere Antwort senden?",
  },
  es: {
    title: "Conversación {0} con {1}",
    visitor: "Visitante",
    attachment: "Archivo adjunto",
    answer: "Respuesta",
    rating: "Valoración: {0} de 5",
    isCut: "No se incluyen los mensajes anteriores.",
    deleted: "Este mensaje se ha eliminado",
    askEmail: "Ahora mismo no hay nadie. ¿Adónde podemos enviar nuestra respuesta?",
  },
  fr: {
    title: "Conversation {0} avec {1}",
    visitor: "Visiteur",
    attachment: "Pièce jointe",
    answer: "Réponse",
    rating: "Note : {0} sur 5",
    isCut: "Les messages plus anciens ne sont pas inclus.",
    deleted: "Ce message a été supprimé",
    askEmail: "Personne n’est là pour l’instant. Où pouvons-nous envoyer notre réponse ?",
  },
  he: {
    title: "שיחה {0} עם {1}",
    visitor: "מבקר",
    attachment: "קובץ מצורף",
    answer: "תשובה",
    rating: "דירוג: {0} מתוך 5",
    isCut: "הודעות קודמות אינן כלולות.",
    deleted: "ההודעה נמחקה",
    askEmail: "אין כאן אף אחד כרגע. לאן אפשר לשלוח את התשובה?",
  },
  it: {
    title: "Conversazione {0} con {1}",
    visitor: "Visitatore",
    attachment: "Allegato",
    answer: "Risposta",
    rating: "Valutazione: {0} su 5",
    isCut: "I messaggi precedenti non sono inclusi.",
    deleted: "Questo messaggio è stato eliminato",
    askEmail: "In questo momento non c’è nessuno. Dove possiamo inviare la risposta?",
  },
  ja: {
    title: "{1}との会話 {0}",
    visitor: "訪問者",
    attachment: "添付ファイル",
    answer: "回答",
    rating: "評価: 5段階中{0}",
    isCut: "これより前のメッセージは含まれていません。",
    deleted: "このメッセージは削除されました",
    askEmail: "ただいま担当者が不在です。返信はどちらにお送りすればよいですか？",
  },
  nl: {
    title: "Gesprek {0} met {1}",
    visitor: "Bezoeker",
    attachment: "Bijlage",
    answer: "Antwoord",
    rating: "Beoordeling: {0} van 5",
    isCut: "Eerdere berichten zijn weggelaten.",
    deleted: "Dit bericht is verwijderd",
    askEmail: "Er is nu niemand. Waar mogen we ons antwoord naartoe sturen?",
  },
  pl: {
    title: "Rozmowa {0}: {1}",
    visitor: "Gość",
    attachment: "Załącznik",
    answer: "Odpowiedź",
    rating: "Ocena: {0} na 5",
    isCut: "Wcześniejsze wiadomości pominięto.",
    deleted: "Ta wiadomość została usunięta",
    askEmail: "Nikogo teraz nie ma. Dokąd możemy wysłać odpowiedź?",
  },
  pt: {
    title: "Conversa {0} com {1}",
    visitor: "Visitante",
    attachment: "Anexo",
    answer: "Resposta",
    rating: "Avaliação: {0} de 5",
    isCut: "As mensagens anteriores não estão incluídas.",
    deleted: "Esta mensagem foi excluída",
    askEmail: "Não há ninguém agora. Para onde podemos enviar a resposta?",
  },
  tr: {
    title: "{1} ile {0} numaralı görüşme",
    visitor: "Ziyaretçi",
    attachment: "Ek",
    answer: "Yanıt",
    rating: "Değerlendirme: 5 üzerinden {0}",
    isCut: "Önceki mesajlar dahil değildir.",
    deleted: "Bu mesaj silindi",
    askEmail: "Şu anda kimse yok. Yanıtımızı nereye gönderebiliriz?",
  },
  "zh-Hans": {
    title: "与{1}的对话 {0}",
    visitor: "访客",
    attachment: "附件",
    answer: "回答",
    rating: "评分：{0}（满分 5）",
    isCut: "未包含更早的消息。",
    deleted: "此消息已删除",
    askEmail: "现在没有人在线。我们可以把答复发到哪里？",
  },
};

export interface Reader {
  /** BCP 47; English without one. */
  locale?: string | undefined;
  /** As IANA calls it; UTC without one. */
  time_zone?: string | undefined;
}

export interface Voice {
  words: TranscriptWords;
  /** Of the page: BCP 47. */
  language: string;
  direction: "ltr" | "rtl";
  /** Seconds since 1970, in words. */
  when: (unixSeconds: number) => string;
}

const inUtc = (unixSeconds: number) =>
  `${new Date(unixSeconds * 1_000).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** The widget's languages, as it chooses among them; dates in any. */
export function voiceOf({ locale, time_zone: timeZone }: Reader): Voice {
  const wanted = new Intl.Locale(locale ?? "en").maximize();
  const language = wanted.script === "Hans" ? "zh-Hans" : wanted.language;
  const own = Object.hasOwn(words, language) ? words[language] : undefined;
  const spoken = own ? (locale ?? "en") : "en";
  const format =
    (locale ?? timeZone) &&
    new Intl.DateTimeFormat(own ? locale : /^en\b/i.test(locale ?? "") ? locale : "en-GB", {
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZone: timeZone ?? "UTC",
      timeZoneName: "short",
    });
  return {
    words: own ?? english,
    language: spoken,
    direction: language === "ar" || language === "he" ? "rtl" : "ltr",
    when: (unixSeconds) => (format ? format.format(unixSeconds * 1_000) : inUtc(unixSeconds)),
  };
}

/** Values in their places; a value that looks like a place is not one. */
export const fill = (form: string, ...values: (string | number)[]): string =>
  form.replaceAll(/\{([01])\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
