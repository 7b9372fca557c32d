// The page works without this. With it, times are in the person's own zone, and a pasted code needs no button.

for (const time of document.querySelectorAll('time')) {
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'short' }).format(
    new Date(time.dateTime),
  );
}

const field = document.querySelector('input[name="code"]');

field?.addEventListener('input', (event) => {
  const digits = field.value.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '');
  const isWhole = /^\p{Nd}{8}$/u.test(digits);
  if (isWhole) field.value = `${digits.slice(0, 4)} ${digits.slice(4)}`;
  // Typed digits wait for the button; pasted or filled in by the phone, they all come at once.
  const isTyped = event.inputType === 'insertText' && event.data?.length === 1;
  if (isWhole && !isTyped) field.form.requestSubmit();
});
