"""What leaves the desk: packs for governors and the trust, the provision on paper, a file for one pupil."""
