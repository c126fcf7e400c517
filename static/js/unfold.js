// What a page keeps folded is fetched when somebody unfolds it. Without this script a link leads to the same on a page of its own.
for (const fold of document.querySelectorAll("details[data-unfold]")) {
  fold.addEventListener("toggle", () => {
    const request = new XMLHttpRequest();
    request.open("GET", fold.dataset.unfold);
    request.responseType = "document"; // no text is turned into markup here
    request.onload = () => {
      const fresh = request.status === 200 && request.response?.body.firstElementChild;
      if (fresh) fold.querySelector("[data-unfolded]").replaceChildren(document.adoptNode(fresh));
    };
    request.send();
  }, { once: true });
}
