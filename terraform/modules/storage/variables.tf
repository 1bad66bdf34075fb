variable "prefix" {
  description = "What every name begins with; ANSWERPRINT_PREFIX of the functions."
  type        = string
}

variable "place" {
  description = "Where everything lies: the account, the region and the partition. Given, not looked up, so that a plan needs no account."
  type = object({
    account   = string
    region    = string
    partition = optional(string, "aws")
  })
}

variable "stage_roles" {
  description = "Names of the roles that work on films. None of them may write to the bucket that raises events."
  type        = list(string)
}

variable "upload_origins" {
  description = "Web pages that may send uploads from a browser, as https origins."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.upload_origins : can(regex("^https://[a-z0-9.-]+(:[0-9]+)?$", origin))])
    error_message = "An upload origin is https://host, without a path and without a wildcard."
  }
}

variable "keep_takes_days" {
  description = "How long finished takes and transitions are kept so that later edits find them."
  type        = number
  default     = 30

  validation {
    condition     = var.keep_takes_days >= 1
    error_message = "Takes are kept for at least one day: a film must be joined before its parts go."
  }
}

variable "keep_uploads_days" {
  description = "How long uploads are kept; 0 keeps them until they are deleted."
  type        = number
  default     = 0
}
