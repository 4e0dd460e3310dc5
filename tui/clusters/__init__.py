"""Clusters of engines, by ipyparallel: what runs, starting and ending them, and notebooks spread over one."""
