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
// The crew's page says where to go back to; whatever else stands there is not followed.
const home = sessionStorage.getItem("sign-in-from") === "/crew" ? "/crew" : "/";
for (const link of document.querySelectorAll("a")) link.href = home;
if (outcome === "done") location.replace(home);
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
    if (answer.ok) location.replace(home);
    else if (zh && answer.status === 401) said.textContent = "验证码不正确或已使用，请等待下一个。";
    else said.textContent = (await answer.json()).detail;
  } catch {
    said.textContent = zh ? "无法连接服务器，请重试。" : "The server cannot be reached: try again.";
  }
});
