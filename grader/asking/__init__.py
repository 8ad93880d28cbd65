"""What a check asks of a notebook and how an answer is judged: values, questions, comparisons, words."""
