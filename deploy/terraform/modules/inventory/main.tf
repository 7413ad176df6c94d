# The inventory for Ansible, of machines that any provider has made.

terraform {
  required_version = ">= 1.9"
}

variable "domain" {
  description = "The name that people type."
  type        = string
}

variable "private_network" {
  description = "Addresses of the network between the machines."
  type        = string
}

variable "user" {
  description = "Who signs in by SSH first."
  type        = string
  default     = "root"
}

variable "machines" {
  description = "The machines by name, and how they are reached."
  type = map(object({
    public_address  = string
    private_address = string
    is_gateway      = bool
  }))

  validation {
    condition     = length([for machine in values(var.machines) : true if machine.is_gateway]) == 1
    error_message = "One machine is the gateway."
  }
}

locals {
  is_alone = length(var.machines) == 1
  firsts   = { for name, machine in var.machines : name => null if machine.is_gateway }

  hosts = {
    for name, machine in var.machines : name => merge(
      { ansible_host = machine.public_address, ansible_user = var.user },
      local.is_alone ? {} : { banter_address = machine.private_address },
    )
  }
}

output "inventory" {
  description = "An Ansible inventory, as YAML."
  value = yamlencode({
    all = {
      vars = merge(
        { banter_domain = var.domain },
        local.is_alone ? {} : { banter_private_network = var.private_network },
      )
      children = {
        nodes    = { hosts = local.hosts }
        gateways = { hosts = local.firsts }
        data     = { hosts = local.firsts }
      }
    }
  })
}
