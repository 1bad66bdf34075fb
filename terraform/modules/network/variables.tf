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

variable "mode" {
  description = "public: workers have a public address while they run, and let nobody in. private: no way out but endpoints. Neither has a NAT gateway."
  type        = string

  validation {
    condition     = contains(["public", "private"], var.mode)
    error_message = "The network is public or private."
  }
}

variable "cidr" {
  description = "Addresses of the network that is made."
  type        = string
  default     = "10.60.0.0/16"

  validation {
    condition     = can(cidrsubnet(var.cidr, 4, 3))
    error_message = "The network needs a range like 10.60.0.0/16, with room for a subnet per zone."
  }
}

variable "zones" {
  description = "Letters of the availability zones in which workers may run; more zones find more Spot capacity."
  type        = list(string)
  default     = ["a", "b"]

  validation {
    condition     = length(var.zones) >= 2 && length(var.zones) <= 6 && alltrue([for zone in var.zones : can(regex("^[a-f]$", zone))])
    error_message = "Give two to six zones by their letters, such as [\"a\", \"b\"]."
  }
}

variable "existing" {
  description = "A network that is there already and that has its own ways to AWS's services; nothing is made but a security group."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    cidr       = string
  })
  default = null
}

variable "buckets" {
  description = "Names of the buckets that the gateway endpoint lets through."
  type        = list(string)
}

variable "kafka" {
  description = "Whether functions read Kafka; pollers then need endpoints of their own."
  type        = bool
}
