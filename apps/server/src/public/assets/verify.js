// A file can be dropped anywhere on the form; without this script it is chosen by hand.
const form = document.querySelector('form.verify');
const input = form?.querySelector('input[type=file]');
if (form && input) {
  const over = (on) => form.classList.toggle('over', on);
  for (const name of ['dragenter', 'dragover'])
    form.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      over(true);
    });
  form.addEventListener('dragleave', (event) => {
    if (!form.contains(event.relatedTarget)) over(false);
  });
  form.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    over(false);
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
