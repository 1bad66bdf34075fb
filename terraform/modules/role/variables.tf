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

variable "name" {
  description = "The role's name after the prefix, which is also the name of whoever wears it."
  type        = string
}

variable "service" {
  description = "The service that may wear the role, such as lambda.amazonaws.com."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+[.]amazonaws[.]com$", var.service))
    error_message = "A role is worn by a service of AWS, such as lambda.amazonaws.com."
  }
}

# One word a right, so that a table of roles can be read at a glance; policies are made from these words alone.
variable "rights" {
  description = <<-TEXT
    What the role may do: reads, writes, deletes objects ("work/jobs/*": a bucket's part, then keys); lists buckets ("work");
    sends, takes, counts messages of queues; produces to and consumes from Kafka topics, makes topics; submits jobs (a job
    definition to its queue); invokes functions; reads parameters. Names are without the prefix.
  TEXT
  type = object({
    reads      = optional(list(string), [])
    writes     = optional(list(string), [])
    deletes    = optional(list(string), [])
    lists      = optional(list(string), [])
    sends      = optional(list(string), [])
    takes      = optional(list(string), [])
    counts     = optional(list(string), [])
    produces   = optional(list(string), [])
    consumes   = optional(list(string), [])
    topics     = optional(list(string), [])
    submits    = optional(map(string), {})
    invokes    = optional(list(string), [])
    parameters = optional(list(string), [])
  })

  validation {
    condition     = alltrue([for path in concat(var.rights.reads, var.rights.writes, var.rights.deletes) : can(regex("^(in|work|out)/.+$", path))])
    error_message = "Objects are named by bucket and keys, such as work/jobs/*."
  }

  validation {
    condition     = alltrue(flatten([for path in concat(var.rights.reads, var.rights.writes, var.rights.deletes) : [can(regex("^[a-z]+/[^*]*[*]?$", path))]]))
    error_message = "A wildcard stands at the end of a path only."
  }
}

variable "log_groups" {
  description = "Names of the log groups that the role writes to."
  type        = list(string)
  default     = []
}

variable "kafka_cluster" {
  description = "NAME/ID of the Kafka cluster as policies write it; empty without one."
  type        = string
  default     = ""
}

variable "attachments" {
  description = "Policies that AWS keeps, for the few actions that cannot be narrowed to a resource; their paths below policy/."
  type        = list(string)
  default     = []

  validation {
    condition = alltrue([for path in var.attachments : contains([
      "service-role/AWSLambdaENIManagementAccess", "service-role/AWSLambdaMSKExecutionRole",
      "service-role/AmazonECSTaskExecutionRolePolicy", "service-role/AmazonEC2ContainerServiceforEC2Role",
    ], path)])
    error_message = "Only those policies of AWS are attached whose actions cannot be narrowed; everything else is written out."
  }
}

variable "boundary" {
  description = "ARN of a permissions boundary that all roles get, or null."
  type        = string
  default     = null
}
