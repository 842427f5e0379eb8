"""Whether this computer runs on its battery."""

from __future__ import annotations


def on_battery() -> bool:
    """True only where the system says so; a computer without a battery never does."""
    try:
        import psutil

        battery = psutil.sensors_battery()
    except (ImportError, AttributeError, OSError, RuntimeError, ValueError):
        return False
    return battery is not None and battery.power_plugged is False
