variable "account_id" {
  description = "The account's twelve digits; zeros only plan."
  type        = string
  default     = "000000000000"
}

variable "region" {
  description = "The region of everything."
  type        = string
  default     = "us-east-1"
}

variable "prefix" {
  description = "What every name begins with; choose your own."
  type        = string
  default     = "answerprint"
}

variable "images" {
  description = "Both images by digest; null for the first apply, which makes the registries."
  type = object({
    cpu = string
    gpu = string
  })
  default = null
}

variable "emails" {
  description = "Who is told of alarms and of the budget."
  type        = list(string)
  default     = []
}
