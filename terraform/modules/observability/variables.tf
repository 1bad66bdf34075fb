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

variable "key_arn" {
  description = "The key for logs and alarms; its policy lets logs, alarms and budgets use it."
  type        = string
}

variable "log_groups" {
  description = "Who writes logs."
  type        = set(string)
}

variable "keep_logs_days" {
  description = "How long logs are kept."
  type        = number
  default     = 14

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.keep_logs_days)
    error_message = "Logs are kept for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365 days."
  }
}

variable "dead" {
  description = "Queues of dead letters by name; any letter raises an alarm."
  type        = map(string)
}

variable "waiting" {
  description = "Queues by name whose oldest message may not be older than these seconds."
  type        = map(number)
}

variable "functions" {
  description = "Functions of which three failures in five minutes raise an alarm."
  type        = set(string)
}

variable "emails" {
  description = "Who is told; each has to confirm once."
  type        = list(string)

  validation {
    condition     = alltrue([for email in var.emails : can(regex("^[^@ ]+@[^@ ]+[.][^@ ]+$", email))])
    error_message = "An e-mail address looks like name@example.org."
  }
}

variable "monthly_budget" {
  description = "USD a month above which (half, all, and all as forecast) mail is sent; a warning, not a limit."
  type        = number

  validation {
    condition     = var.monthly_budget >= 1
    error_message = "The budget is at least one dollar a month."
  }
}
