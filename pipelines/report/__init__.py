"""report.html: one page that shows a published run, made of its tables alone.

    content.py   what the page holds, cut to fit: reading.py, outlets.py, network.py, stories.py
    page.py      the page: the template, the scripts, and the policy that lets nothing else run
    assets/      the template, its style, its scripts, and the libraries they use (vendor/)

Same tables, same bytes. Nothing in it is fetched, now or when it is opened.
"""
