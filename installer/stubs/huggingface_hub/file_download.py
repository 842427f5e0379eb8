"""See the package."""

from huggingface_hub import refuse

repo_folder_name = refuse
