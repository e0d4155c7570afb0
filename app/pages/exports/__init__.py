"""What a student puts into a homework report: tables as CSV and LaTeX, figures as SVG, made from the Report alone."""
