// @ts-check
// A script that the page waits for: it runs before anything is painted, so that no page is seen in the wrong colours first. The
// word is written by the options page, and belongs to the person at this browser; every other page of ours that is open follows.
const wear = () => (document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "system");
wear();
addEventListener("storage", wear);
