"""The little the theme cannot say: tiles, quiet states, and the whole look of a projector."""

from __future__ import annotations

import streamlit as st

from components.palette import DARK, LIGHT
from components.streamlit_internals import SELECTORS

BASE = """
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem}
%(app)s .tiles{list-style:none;margin:.25rem 0 .5rem;padding:0}
%(app)s .tiles .tile{margin:0}
.tile{display:flex;flex-direction:column;gap:.15rem;margin:0;padding:.75rem 1rem .8rem}
.tile{border:1px solid %(line)s;border-radius:.5rem;background:%(surface)s;color:%(ink)s}
.tile-label{font-size:.95rem}
.tile-value{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:.25rem;font-size:2.125rem;line-height:1.2;font-weight:700}
.tile-value{font-variant-numeric:tabular-nums}
.tile-unit{font-size:.85rem;font-weight:400;line-height:1.2}
.tile-value-small{font-size:1.15rem;line-height:1.45;white-space:pre-line}
.tile-note{font-size:.85rem;color:%(ink)s;opacity:.86;font-variant-numeric:tabular-nums}
.state{margin:.5rem 0;padding:1.25rem;border-left:4px solid %(grey)s;background:%(surface)s;color:%(ink)s}
.heat{overflow:auto;max-height:34rem;border:1px solid %(line)s;border-radius:.5rem}
.heat table{border-collapse:separate;border-spacing:0;width:100%%;color:%(ink)s;font-size:.9rem}
.heat th,.heat td{padding:.35rem .6rem;border-bottom:1px solid %(line)s;text-align:left;white-space:nowrap;vertical-align:top}
.heat thead th{position:sticky;top:0;z-index:1;background:%(surface)s;white-space:normal;min-width:5.5rem}
.heat tbody th{position:sticky;left:0;background:%(ground)s;font-weight:400}
.heat-wrapped td{white-space:normal;min-width:9rem}
.heat-wrapped tbody th{white-space:normal}
.heat-signs td{text-align:center}
.heat-signs thead th{min-width:4.2rem;font-weight:400}
.heat small{display:block;font-size:.8rem}
.heat-good{background:%(good)s}
.heat-late{background:%(late)s;font-weight:700}
.heat-unused{font-size:.8rem;opacity:.8}
[class*=st-key-flagged-]{border-top:1px solid %(line)s;padding:.35rem 0;gap:.75rem;flex-wrap:nowrap}
[class*=st-key-flagged-]>*{flex-shrink:0}
[class*=st-key-agenda-]{flex-wrap:nowrap}
[class*=st-key-flagged-]>:has(.flags){flex:1 1 0;min-width:0}
[class*=st-key-open-] button,[class*=st-key-open-] button *{justify-content:flex-start;text-align:left;white-space:normal}
[class*=st-key-open-] button{color:%(accent)s;padding:.2rem 0}
%(app)s .flags{list-style:none;margin:0;padding:0}
.flags li{margin:0;padding:.1rem 0;color:%(ink)s;line-height:1.45}
.flag-said{margin-right:1rem}
.flag-days{font-size:.85rem;opacity:.86;font-variant-numeric:tabular-nums}
.pairing-code{margin:0;font-size:2.4rem;font-weight:700;letter-spacing:.08em;font-variant-numeric:tabular-nums;color:%(ink)s}
.where{margin:0;font-size:1rem;color:%(ink)s}
%(main)s{padding:2.2rem 2.5rem 2rem;max-width:88rem}
%(sidebar)s{width:15.5rem !important;min-width:15.5rem !important}
%(sidebar)s%(sidebar_closed)s{min-width:0 !important;width:0 !important}
%(main)s h1{font-size:1.5rem;line-height:1.4;padding:0 0 .25rem}
%(main)s h3{font-size:1.125rem;line-height:1.45;padding:.1rem 0 .3rem}
%(header)s,%(toolbar)s{background:transparent;pointer-events:none}
%(header)s button,%(header)s a{pointer-events:auto}
[class*=st-key-choice-]{max-width:22rem}
%(sidebar)s %(text)s{font-size:.9rem}
.links a{color:%(accent)s;display:inline-block}
[class*=st-key-card-schools] svg,.st-key-card-months svg{max-width:100%% !important;height:auto !important}
%(menu)s,.st-key-unused-cookies,%(status)s,%(element_toolbar)s{display:none}
@media (max-width:900px){
%(sidebar)s%(sidebar_open)s{width:12.5rem !important;min-width:12.5rem !important}
%(main)s{padding:1.6rem 1.25rem 1.5rem}
.tile{padding:.6rem .7rem .7rem}
.tile-value{font-size:1.85rem}
.tile-value-small{font-size:1.05rem;line-height:1.6}
%(sidebar_content)s{padding-left:1rem;padding-right:.5rem}
}
@media print{%(sidebar)s,%(header)s,%(toolbar)s{display:none}}
"""

PROJECTOR = """
html{font-size:30px !important}
%(app)s{background:%(ground)s !important;color:%(ink)s !important}
%(app)s :is(h1,h2,h3,p,label,summary,span,td,th,%(text)s,%(text)s *){color:%(ink)s}
%(main)s{max-width:none;padding:.8rem 1.8rem}
%(main)s h1{font-size:1.35rem}
.tile-note,.tile-label,.tile-unit{font-size:.94rem}
.tile-value{font-size:1.9rem}
.tile-value-small{font-size:1.15rem}
%(sidebar)s,%(toolbar)s,%(expand_sidebar)s,%(expander)s{display:none !important}
%(button_group)s button,%(selectbox)s :is(input,button,div),
%(text_input)s :is(input,div){
background:%(surface)s !important;color:%(ink)s !important;border-color:%(line)s !important}
%(button_group)s button%(radio_chosen)s,%(button_group)s button%(pill_chosen)s{
background:%(accent)s !important}
%(button_group)s button%(radio_chosen)s *,%(button_group)s button%(pill_chosen)s *{color:%(ground)s !important}
%(text_input)s input::placeholder{color:%(ink)s !important;opacity:.7}
[class*=st-key-card-]{border-color:%(line)s !important}
.st-key-leave-projector button{min-height:1.2rem;padding:0;opacity:.8}
"""


def style(projector: bool) -> None:
    """Dress the page for a desk or for a dark room with a wall."""
    st.html(f"<style>{sheet(projector)}</style>")


def sheet(projector: bool) -> str:
    """The style sheet of a desk or of a wall."""
    names = (DARK if projector else LIGHT) | SELECTORS
    return BASE % names + (PROJECTOR % names if projector else "")
