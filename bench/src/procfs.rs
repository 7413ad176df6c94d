//! What the kernel knows about a process.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// Of processor time, in the kernel's numbers for programs: 100 ticks a second on all platforms.
const TICK: Duration = Duration::from_millis(10);
const LOOK: Duration = Duration::from_millis(100);
/// Looks in a row without a tick that make a process idle.
const IDLE_LOOKS: u32 = 3;
const PATIENCE: Duration = Duration::from_secs(30);

/// Processor time that all threads of a process have used, those that have ended included.
pub(crate) fn cpu_time(pid: u32) -> Result<Duration> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).with_context(|| path.clone())?;
    cpu_ticks(&stat).map(|ticks| TICK * ticks).context(path)
}

/// utime and stime of a line of `/proc/PID/stat`, whose second field may hold anything.
fn cpu_ticks(stat: &str) -> Option<u32> {
    let (_, behind_name) = stat.rsplit_once(')')?;
    let mut fields = behind_name.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    user.checked_add(system)
}

/// Resident memory of a process, in bytes.
pub(crate) fn resident(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let rollup = fs::read_to_string(&path).with_context(|| path.clone())?;
    let kib: u32 = rollup
        .lines()
        .find_map(|line| line.strip_prefix("Rss:"))
        .and_then(|rest| rest.trim().strip_suffix("kB"))
        .and_then(|number| number.trim().parse().ok())
        .context(path)?;
    Ok(f64::from(kib) * 1024.0)
}

/// Waits until a process uses no processor time any more.
pub(crate) fn wait_until_idle(pid: u32) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let (mut last, mut looks) = (cpu_time(pid)?, 0);
    while looks < IDLE_LOOKS {
        thread::sleep(LOOK);
        let now = cpu_time(pid)?;
        looks = if now == last { looks + 1 } else { 0 };
        last = now;
        ensure!(Instant::now() < deadline, "the server does not come to rest");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_stand_behind_a_name_with_spaces_and_brackets() {
        let stat = "12 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 120 34 0 0 20 0 5 0 100 1000 50";
        assert_eq!(cpu_ticks(stat), Some(154));
        assert_eq!(cpu_ticks("12 (a"), None);
    }

    #[test]
    fn the_own_process_has_memory_and_time() {
        let pid = std::process::id();
        assert!(resident(pid).unwrap() > 100_000.0);
        assert!(cpu_time(pid).is_ok());
        assert!(cpu_time(u32::MAX).is_err());
    }
}
