output "machines" {
  description = "Name of each machine, its address in the private network, and whether it is the gateway."
  value       = local.machines
}

output "rules" {
  description = "What the firewall lets in, all of it TCP."
  value       = local.rules
}

output "record" {
  description = "Name of the DNS record within its zone; null where there is none to make."
  value       = local.record
}
