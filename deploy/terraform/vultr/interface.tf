# What is said and told, in the same words for every provider. This file is the same in each of them.

variable "name" {
  description = "What machines, firewall and key are called."
  type        = string
  default     = "banter"
}

variable "domain" {
  description = "The name that people type, such as chat.example.org."
  type        = string
}

variable "zone" {
  description = "The DNS zone of the domain, which this provider serves; empty: make the record by hand."
  type        = string
  default     = ""
}

variable "machines" {
  description = "How many machines run nodes. The first one is the gateway too, and holds database and Redis."
  type        = number
  default     = 1
}

variable "ssh_sources" {
  description = "Networks from which SSH is let in, such as 203.0.113.7/32."
  type        = list(string)
}

variable "ssh_key" {
  description = "The public key that may sign in first."
  type        = string
}

variable "region" {
  description = "Where the machines stand; empty: the provider's default below."
  type        = string
  default     = ""
}

variable "size" {
  description = "What kind of machine, in the provider's words; empty: two cores and 4 GB."
  type        = string
  default     = ""
}

variable "private_network" {
  description = "Addresses of the network between the machines, a /24."
  type        = string
  default     = "10.80.0.0/24"
}

module "service" {
  source = "../modules/service"

  name            = var.name
  domain          = var.domain
  zone            = var.zone
  machines        = var.machines
  ssh_sources     = var.ssh_sources
  private_network = var.private_network
}

module "inventory" {
  source = "../modules/inventory"

  domain          = var.domain
  private_network = var.private_network
  user            = local.user
  machines        = local.made
}

output "addresses" {
  description = "Public addresses of the machines. The gateway's is what the domain points to."
  value       = { for name, machine in local.made : name => machine.public_address }
}

output "inventory" {
  description = "The inventory for Ansible, as YAML."
  value       = module.inventory.inventory
}
