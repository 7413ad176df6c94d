variable "name" {
  description = "What machines, firewall and key are called."
  type        = string
  default     = "banter"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,40}$", var.name))
    error_message = "A name has lower-case letters, digits and hyphens, 41 at most, and begins with a letter."
  }
}

variable "domain" {
  description = "The name that people type, such as chat.example.org."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain))
    error_message = "The domain is a full name in lower case, such as chat.example.org."
  }
}

variable "zone" {
  description = "The DNS zone that holds the domain, such as example.org; empty: the record is made by hand."
  type        = string
  default     = ""

  validation {
    condition     = var.zone == "" || var.domain == var.zone || endswith(var.domain, ".${var.zone}")
    error_message = "The domain must be in the zone."
  }
}

variable "machines" {
  description = "How many machines run nodes. The first one is the gateway too, and holds database and Redis."
  type        = number
  default     = 1

  validation {
    condition     = var.machines >= 1 && var.machines <= 20 && floor(var.machines) == var.machines
    error_message = "Between 1 and 20 machines."
  }
}

variable "ssh_sources" {
  description = "Networks from which SSH is let in."
  type        = list(string)

  validation {
    condition     = length(var.ssh_sources) > 0 && alltrue([for source in var.ssh_sources : can(cidrhost(source, 0))])
    error_message = "Networks such as 203.0.113.7/32, one at least."
  }
}

variable "private_network" {
  description = "Addresses of the network between the machines."
  type        = string
  default     = "10.80.0.0/24"

  validation {
    condition     = can(cidrhost(var.private_network, 30))
    error_message = "A network such as 10.80.0.0/24."
  }
}
