// The page of the first run and of invitations: the token is in the part of the address that never leaves the browser.
"use strict";
const zh = navigator.language.startsWith("zh");
document.documentElement.lang = zh ? "zh-CN" : "en";
const accept = location.pathname === "/accept";
for (const each of document.querySelectorAll("[data-en]")) {
  each.textContent = zh ? each.dataset.zh : each.dataset.en;
}
const what = document.getElementById("what");
what.textContent = what.getAttribute(`data-${accept ? "accept" : "set-up"}-${zh ? "zh" : "en"}`);
if (accept) {
  for (const each of document.querySelectorAll(".set-up")) each.remove();
}
const said = document.getElementById("said");
const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = { ...Object.fromEntries(new FormData(form)), token: location.hash.slice(1) };
  try {
    const answer = await fetch(accept ? "/api/v1/accept" : "/api/v1/set-up", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (answer.ok) {
      form.remove();
      said.textContent = zh ? "完成，现在可以登录。" : "Done: you can sign in now.";
    } else {
      said.textContent = (await answer.json()).detail;
    }
  } catch {
    said.textContent = zh ? "无法连接服务器，请重试。" : "The server cannot be reached: try again.";
  }
});
