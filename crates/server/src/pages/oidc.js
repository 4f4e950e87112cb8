// The page at which a sign-in through a provider ends. It leads on by itself: a browser sends the session's cookie to nobody who comes from
// another site.
"use strict";
const zh = navigator.language.startsWith("zh");
document.documentElement.lang = zh ? "zh-CN" : "en";
const outcome = document.querySelector("meta[name=outcome]").content;
for (const each of document.querySelectorAll("[data-outcome]")) {
  if (each.dataset.outcome !== outcome) each.remove();
}
for (const each of document.querySelectorAll("[data-en]")) {
  each.textContent = zh ? each.dataset.zh : each.dataset.en;
}
if (outcome === "done") location.replace("/");
const said = document.getElementById("said");
const form = document.querySelector("form");
if (form) form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch("/api/v1/oidc/code", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    if (answer.ok) location.replace("/");
    else said.textContent = (await answer.json()).detail;
  } catch {
    said.textContent = zh ? "无法连接服务器，请重试。" : "The server cannot be reached: try again.";
  }
});
