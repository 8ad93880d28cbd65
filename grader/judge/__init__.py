"""Questions, answers and verdicts: what a suite may ask and say, and which mistake explains a wrong answer."""
