"""Why a run says what it says; one text against a run."""
